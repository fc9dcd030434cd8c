import { useNavigate } from '@tanstack/react-router';
import type { Filter } from '../../api/filter';
import { useStates } from '../../api/hooks';
import { useWords } from '../../intl/words';
import { stateName } from '../../parts/record';
import type { ListSearch } from '../../search';

/** Narrows what is followed to one State under review, where there are several. */
export function ChooseStates({ filter }: { filter: Filter }) {
  const words = useWords();
  const navigate = useNavigate({ from: '/follow' });
  const states = useStates().data?.states ?? [];
  if (states.length < 2) return null;
  const named = states
    .map(({ state }) => ({ state, name: stateName(words, state) }))
    .sort((a, b) => a.name.localeCompare(b.name, words.locale));
  return (
    <div className="field">
      <label htmlFor="follow-state">{words.t('field.stateUnderReview')}</label>
      <select
        id="follow-state"
        className="select"
        value={filter.stateUnderReview?.length === 1 ? filter.stateUnderReview[0] : ''}
        onChange={(event) =>
          void navigate({
            to: '/follow',
            search: (before: ListSearch) => ({
              ...before,
              stateUnderReview: event.target.value ? [event.target.value] : undefined,
            }),
            resetScroll: false,
            replace: true,
          })
        }
      >
        <option value="">{words.t('follow.anyState')}</option>
        {named.map(({ state, name }) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
