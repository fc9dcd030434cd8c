import type { Recommendation } from '../../api/portal';
import type { Internal } from '../../api/recommendations';
import { useWords } from '../../intl/words';
import { PositionBadge } from '../../parts/badge';
import { codeOf, RecordLink, recommenders, stateName } from '../../parts/record';
import { ShortThread } from '../../parts/thread';

/** One recommendation in a list. `withState` names the State under review where several are listed. */
export function Row({
  recommendation,
  internal,
  withState,
}: {
  recommendation: Recommendation;
  internal?: Internal;
  withState?: boolean;
}) {
  const words = useWords();
  const { t, names } = words;
  const { recommendingStates, themes, stateUnderReview, kind } = recommendation;
  return (
    <li className="row">
      <div className="row-top">
        <span className="code row-code">
          <bdi>{codeOf(recommendation)}</bdi>
        </span>
        <PositionBadge position={recommendation.position} />
        {kind === 'pledge' && <span className="badge">{t('kind.pledge')}</span>}
        <ShortThread recommendation={recommendation} />
      </div>
      <RecordLink recommendation={recommendation} />
      <p className="facts">
        {withState && stateUnderReview && (
          <span>{t('row.to', { state: stateName(words, stateUnderReview) })}</span>
        )}
        {recommendingStates.length > 0 && (
          <span>{t('row.from', { states: recommenders(words, recommendingStates) })}</span>
        )}
        {themes[0] && (
          <span>{words.list(themes.slice(0, 2).map((theme) => names.themes[theme] ?? theme))}</span>
        )}
        {internal?.leadInstitution && <span>{internal.leadInstitution}</span>}
      </p>
    </li>
  );
}
