import type { FromState } from '../../api/portal';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { PositionBadge } from '../../parts/badge';
import { codeOf, RecordLink, stateName } from '../../parts/record';

const whatWord: Record<FromState['changed'][number]['what'], MessageId> = {
  recorded: 'change.recorded',
  revised: 'change.revised',
  withdrawn: 'change.withdrawn',
};

/** Asks for a day and lists what has happened since. */
export function ChangedSince({
  since,
  changed,
  choose,
}: {
  since?: string;
  changed: FromState['changed'];
  choose: (since: string | undefined) => void;
}) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="changed" aria-labelledby="changed-since">
      <h2 id="changed-since">{t('from.changed')}</h2>
      <div className="field">
        <label htmlFor="since">{t('from.since')}</label>
        <input
          id="since"
          type="date"
          className="input"
          value={since ?? ''}
          onChange={(event) => choose(event.target.value || undefined)}
        />
      </div>
      {since && (
        <p role="status" className="small">
          {t('from.changed.count', { n: changed.length, since: words.date(since) })}
        </p>
      )}
      {since && changed.length > 0 && (
        <ol className="rows">
          {changed.map(({ recommendation, at, what }) => (
            <li key={`${recommendation.id}${at}`} className="row">
              <div className="row-top">
                <span className="code row-code">
                  <bdi>{codeOf(recommendation)}</bdi>
                </span>
                <span className="badge">{t(whatWord[what])}</span>
                <PositionBadge position={recommendation.position} />
              </div>
              <RecordLink recommendation={recommendation} />
              <p className="facts">
                <span>{words.moment(at)}</span>
                <span>{t('row.to', { state: stateName(words, recommendation.stateUnderReview) })}</span>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
