import { useId } from 'react';
import { answerStatuses, type AskedRecommendation } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { codeOf, speaks } from '../../parts/record';
import { TroubleLine } from '../../parts/trouble';
import { Evidence } from './evidence';
import { needsWords, useSaving, type Saving } from './use-saving';

/** One recommendation with what was last said of it, and what is said now. */
export function OneAnswer(props: {
  taskId: string;
  asked: AskedRecommendation;
  writable: boolean;
  passOn: () => void;
}) {
  const { taskId, asked, writable, passOn } = props;
  const { t, date } = useWords();
  const id = useId();
  const { draft, saving, error, write, noChange } = useSaving(taskId, asked);
  const { last, answer } = asked;
  return (
    <li className="card asked-one" aria-labelledby={`${id}-code`}>
      <div className="row-top">
        <h2 className="row-code" id={`${id}-code`}>
          {codeOf(asked)}
          {asked.paragraph && asked.symbol && <span className="muted small"> {asked.symbol}</span>}
        </h2>
        <SavingWord saving={saving} />
      </div>
      <p className="record" {...speaks(asked.language)}>
        {asked.text}
      </p>
      {asked.withdrawn && <p className="notice">{t('work.asked.withdrawn')}</p>}
      {last && (
        <div className="asked-last">
          <p className="muted small">
            {t('work.asked.last', { date: date(last.releasedAt) })} {t(`work.asked.status.${last.status}`)}
          </p>
          {last.text && <p dir="auto">{last.text}</p>}
          {writable && (
            <button
              type="button"
              className={answer?.unchanged ? 'button primary' : 'button'}
              aria-pressed={answer?.unchanged ?? false}
              onClick={noChange}
            >
              {answer?.unchanged && <Icon name="check" />}
              {t('work.asked.noChange')}
            </button>
          )}
        </div>
      )}
      <fieldset className="asked-status" disabled={!writable}>
        <legend className="label">{t('work.asked.status')}</legend>
        {answerStatuses.map((status) => (
          <label key={status} className="check">
            <input
              type="radio"
              name={`${id}-status`}
              checked={draft.status === status}
              onChange={() => write({ status })}
            />
            {t(`work.asked.status.${status}`)}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-text`}>{t('work.asked.text')}</label>
        <textarea
          id={`${id}-text`}
          className="input"
          dir="auto"
          maxLength={10000}
          readOnly={!writable}
          value={draft.text}
          onChange={(event) => write({ text: event.target.value })}
        />
        {needsWords(draft) && (
          <p className="wrong">
            <Icon name="warning" />
            {t('work.asked.needsWords')}
          </p>
        )}
        {draft.status === null && saving === 'waiting' && (
          <p className="hint">{t('work.asked.chooseStatus')}</p>
        )}
      </div>
      <TroubleLine error={error} />
      <Evidence taskId={taskId} asked={asked} writable={writable} links={draft.links} write={write} />
      {writable && (
        <button type="button" className="text-button" onClick={passOn}>
          {t('work.asked.passOn')}
          <span className="hidden-words"> {codeOf(asked)}</span>
        </button>
      )}
    </li>
  );
}

function SavingWord({ saving }: { saving: Saving }) {
  const { t } = useWords();
  return (
    <span className={`small asked-saving ${saving}`} role="status">
      {saving !== 'none' && (
        <>
          {saving === 'saved' && <Icon name="check" />}
          {t(`work.asked.saving.${saving}`)}
        </>
      )}
    </span>
  );
}
