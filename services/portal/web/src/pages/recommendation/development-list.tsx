import type { Development } from '../../api/voices';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { speaks } from '../../parts/record';

export const kindWord = (kind: string): MessageId => `one.kind.${kind}` as MessageId;

/** What has happened, the latest first. */
export function DevelopmentList({ developments }: { developments: Development[] }) {
  const { t, date } = useWords();
  if (developments.length === 0) return <p className="muted">{t('one.developments.none')}</p>;
  return (
    <ol className="provenance">
      {developments.map((one) => (
        <li key={one.developmentId}>
          <span className="knot-small">
            <Icon name={one.kind === 'setback' ? 'warning' : 'check'} />
          </span>
          <div>
            <h3 className="source-name" {...speaks(one.language)}>
              {one.title}
            </h3>
            {one.text && <p {...speaks(one.language)}>{one.text}</p>}
            <p className="facts">
              <span>{t(kindWord(one.kind))}</span>
              <span>{date(one.happenedOn)}</span>
              {one.organisationName && (
                <span>
                  <bdi>{one.organisationName}</bdi>
                </span>
              )}
              {one.recommendationIds.length > 1 && (
                <span>{t('one.cluster', { n: one.recommendationIds.length })}</span>
              )}
              <a href={one.link} rel="noreferrer nofollow">
                {t('one.link')}
                <span className="hidden-words">: {one.title}</span>
              </a>
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
