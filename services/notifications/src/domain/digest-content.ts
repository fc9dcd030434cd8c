import type { RecommendationState } from '@followthrough/contracts';

/** A notice as far as a mail needs it. */
export interface DigestNotice {
  kind: 'recorded' | 'revised' | 'withdrawn';
  changedFields: string[];
  previousPosition: string;
  recommendation: RecommendationState;
}

export interface DigestGroup {
  stateUnderReview: string;
  entries: DigestNotice[];
}

/**
 * The notices of a digest as they are shown: one entry a recommendation, whatever happened to it in between, and
 * grouped by State under review, the largest group first, then paragraph by paragraph.
 */
export function groupNotices(notices: readonly DigestNotice[]): DigestGroup[] {
  const byRecommendation = new Map<string, DigestNotice>();
  for (const notice of notices) {
    const id = notice.recommendation.recommendationId;
    const earlier = byRecommendation.get(id);
    byRecommendation.set(id, earlier ? joined(earlier, notice) : notice);
  }
  const groups = new Map<string, DigestNotice[]>();
  for (const entry of byRecommendation.values()) {
    const { stateUnderReview } = entry.recommendation;
    const group = groups.get(stateUnderReview);
    if (group) group.push(entry);
    else groups.set(stateUnderReview, [entry]);
  }
  return [...groups]
    .map(([stateUnderReview, entries]) => ({ stateUnderReview, entries: entries.sort(byPlace) }))
    .sort(
      (a, b) => b.entries.length - a.entries.length || (a.stateUnderReview < b.stateUnderReview ? -1 : 1),
    );
}

/** Two facts of one recommendation, the earlier first: what is new stays new, changes add up. */
function joined(earlier: DigestNotice, later: DigestNotice): DigestNotice {
  if (later.kind === 'withdrawn' || later.kind === 'recorded') return later;
  if (earlier.kind === 'recorded') return { ...earlier, recommendation: later.recommendation };
  const positionFirst = earlier.changedFields.includes('position') ? earlier : later;
  return {
    ...later,
    changedFields: [...new Set([...earlier.changedFields, ...later.changedFields])],
    previousPosition: positionFirst.previousPosition,
  };
}

function byPlace({ recommendation: a }: DigestNotice, { recommendation: b }: DigestNotice): number {
  const numeric = { numeric: true };
  return (
    a.symbol.localeCompare(b.symbol, 'en', numeric) ||
    a.paragraph.localeCompare(b.paragraph, 'en', numeric) ||
    (a.recommendationId < b.recommendationId ? -1 : 1)
  );
}
