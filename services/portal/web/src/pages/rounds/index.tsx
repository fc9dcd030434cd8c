import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useMay, useStates } from '../../api/hooks';
import { rounds, type Round } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { Empty } from '../../parts/empty';
import { Guard } from '../../parts/guard';
import { PageTop } from '../../parts/page';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { written } from '../../parts/written';
import './rounds.css';

/** Reporting rounds, the newest first. */
export function Rounds() {
  const { t } = useWords();
  return (
    <Guard needs="rounds.read">
      <PageTop title={t('nav.rounds')} lead={t('work.rounds.lead')}>
        <Begin />
      </PageTop>
      <List />
    </Guard>
  );
}

function List() {
  const { t, date } = useWords();
  const words = useWords();
  const found = useQuery({ queryKey: ['rounds'], queryFn: rounds.list });
  if (found.isPending) return <Skeleton rows={3} />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (!found.data.rounds.length) {
    return (
      <Empty title={t('work.rounds.none')}>
        <p>{t('work.rounds.none.cure')}</p>
      </Empty>
    );
  }
  return (
    <ul className="rows">
      {found.data.rounds.map((round) => (
        <li key={round.id} className="round-line">
          <Link to="/rounds/$id" params={{ id: round.id }} dir="auto">
            {round.title}
          </Link>
          <p className="facts">
            <span>{stateName(words, round.stateUnderReview)}</span>
            <span>{t('work.asked.due', { date: date(round.dueOn) })}</span>
            <span>{t(`work.rounds.state.${round.state}`)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function Begin() {
  const { t } = useWords();
  const may = useMay('rounds.write');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <p className="actions page-actions">
      <button type="button" className="button primary" onClick={() => setOpen(true)}>
        {t('work.rounds.begin')}
      </button>
      {open && <BeginBox close={() => setOpen(false)} />}
    </p>
  );
}

/** A State, a title and a date; who leads on what is kept apart and looked at before anybody is asked. */
function BeginBox({ close }: { close: () => void }) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const states = useStates().data?.states ?? [];
  const begin = useMutation({
    mutationFn: (form: HTMLFormElement) =>
      rounds.prepare({
        stateUnderReview: written(form, 'state'),
        title: written(form, 'title'),
        dueOn: written(form, 'due'),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    onSuccess: async ({ id: begun }: Round) => {
      await cache.invalidateQueries({ queryKey: ['rounds'] });
      await navigate({ to: '/rounds/$id', params: { id: begun } });
    },
  });
  return (
    <Box title={t('work.rounds.begin')} close={close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(event.currentTarget);
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-state`}>{t('field.stateUnderReview')}</label>
          <select id={`${id}-state`} name="state" className="select" required>
            {states.map(({ state }) => (
              <option key={state} value={state}>
                {stateName(words, state)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-title`}>{t('work.rounds.title')}</label>
          <input id={`${id}-title`} name="title" className="input" dir="auto" maxLength={200} required />
        </div>
        <div className="field">
          <label htmlFor={`${id}-due`}>{t('work.rounds.due')}</label>
          <input id={`${id}-due`} name="due" type="date" className="input" required />
        </div>
        <TroubleLine error={begin.error} />
        <div className="actions">
          <button className="button primary" disabled={begin.isPending}>
            {t('work.rounds.begin')}
          </button>
          <button type="button" className="button" onClick={close}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </Box>
  );
}
