import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Trouble } from '../../api/client';
import { recommendations, type RecommendationDetail } from '../../api/recommendations';
import { said } from '../../api/voices';
import { useWords } from '../../intl/words';
import { PositionBadge } from '../../parts/badge';
import { Icon } from '../../parts/icon';
import { useTitle } from '../../parts/page';
import { codeOf, speaks } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import type { Step } from '../../parts/thread';
import { TroubleBox } from '../../parts/trouble';
import { FollowCard } from './follow-card';
import { KeyFacts } from './key-facts';
import { LongThread, stepsByPosition } from './long-thread';
import './detail.css';

/** Below the first sight of the page, with its forms. */
const Said = lazy(() => import('./said'));
const ProvenanceList = lazy(async () => ({ default: (await import('./provenance')).ProvenanceList }));
/** Only people with the right have something to see there. */
const InternalFields = lazy(() => import('./internal-fields'));

export function OneRecommendation() {
  const { id } = useParams({ from: '/one/recommendations/$id' });
  const { t } = useWords();
  const found = useQuery({ queryKey: ['recommendation', id], queryFn: () => recommendations.one(id) });
  return (
    <>
      <p className="back no-print">
        <Icon name="next" mirrored />
        <Link to="/recommendations">{t('one.back')}</Link>
      </p>
      {found.isPending && <Skeleton rows={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Found recommendation={found.data} />}
    </>
  );
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  useTitle(t('one.missing'));
  const gone = error instanceof Trouble && error.kind === 'not-found';
  return (
    <>
      <h1>{t(gone ? 'one.missing' : 'one.failed')}</h1>
      <TroubleBox error={error} retry={gone ? undefined : retry} />
    </>
  );
}

function Found({ recommendation }: { recommendation: RecommendationDetail }) {
  const words = useWords();
  const { t } = words;
  const code = codeOf(recommendation);
  const own = recommendation.translations[words.locale];
  // In the reader's language where a person wrote it; never a machine's words unasked.
  const first = own && own.status !== 'machine-translated' ? words.locale : recommendation.language;
  const [language, setLanguage] = useState<string>(first);
  const shown = recommendation.translations[language];
  useTitle(`${code} ${recommendation.text.slice(0, 60)}`);
  const voices = useQuery({
    queryKey: ['said', recommendation.id],
    queryFn: () => said.about(recommendation.id),
  });
  return (
    <>
      <div className="row-top">
        <span className="code row-code">
          <bdi>{code}</bdi>
        </span>
        <PositionBadge position={recommendation.position} />
        {recommendation.kind === 'pledge' && <span className="badge">{t('kind.pledge')}</span>}
        {recommendation.withdrawnAt && <span className="badge">{t('change.withdrawn')}</span>}
      </div>
      <h1 className="record-text" {...speaks(shown ? language : recommendation.language)}>
        {shown?.text ?? recommendation.text}
      </h1>
      <Languages recommendation={recommendation} shown={language} show={setLanguage} />
      {shown && shown.status !== 'original' && (
        <p className="small muted translated">
          {t(shown.status === 'machine-translated' ? 'one.machine' : 'one.translated')}
        </p>
      )}
      <LongThread
        thread={voices.data?.thread ?? stepsByPosition(recommendation)}
        dates={{
          ...datesSaid(voices.data?.thread ?? [], words.date),
          ...datesOf(recommendation, words.date),
        }}
      />
      <div className="detail">
        <div className="detail-main">
          {recommendation.internal && (
            <Suspense>
              <InternalFields recommendation={recommendation} />
            </Suspense>
          )}
          <Suspense>
            <Said id={recommendation.id} />
          </Suspense>
          <section aria-labelledby="came-from">
            <h2 id="came-from">{t('one.provenance')}</h2>
            <p className="muted small">{t('one.provenance.lead')}</p>
            <Suspense>
              <ProvenanceList provenance={recommendation.provenance} />
            </Suspense>
          </section>
        </div>
        <aside className="detail-aside">
          <FollowCard recommendation={recommendation} />
          <KeyFacts recommendation={recommendation} />
        </aside>
      </div>
    </>
  );
}

/** The languages the text is in, the recorded one marked as such. */
function Languages({
  recommendation,
  shown,
  show,
}: {
  recommendation: RecommendationDetail;
  shown: string;
  show: (language: string) => void;
}) {
  const { t, locale } = useWords();
  const { language, translations } = recommendation;
  if (!language) return null;
  const own = new Intl.DisplayNames([locale], { type: 'language' });
  const all = [...new Set([language, ...Object.keys(translations)])];
  return (
    <div className="languages no-print" role="group" aria-label={t('one.languages')}>
      <span className="muted small">{t('one.recordedIn')}</span>
      {all.map((one) => (
        <button
          key={one}
          type="button"
          className="language"
          lang={locale}
          aria-pressed={one === shown}
          onClick={() => show(one)}
        >
          {own.of(one) ?? one}
        </button>
      ))}
    </div>
  );
}

/** Days on which steps were taken, as far as what is said tells them. */
function datesSaid(
  thread: readonly { step: Step; on: string }[],
  date: (value: string) => string,
): Partial<Record<Step, string>> {
  const known = thread.filter(({ on }) => on !== '');
  return Object.fromEntries(known.map(({ step, on }) => [step, date(on)]));
}

/** Dates under the steps that are true, as far as the provenance knows them. */
function datesOf(
  { reviewDate, recordedAt }: RecommendationDetail,
  date: (value: string) => string,
): Partial<Record<Step, string>> {
  // When a State took its position no source says; the day of an import would be taken for it.
  return { recorded: date(reviewDate || recordedAt) };
}
