import type { RecommendationState } from '@followthrough/contracts';
import type { Voice } from './voice';

/** A notice as far as a mail needs it. */
export type DigestNotice = ChangeNotice | VoiceNotice;

/** Of a change of the recommendation itself. */
export interface ChangeNotice {
  kind: 'recorded' | 'revised' | 'withdrawn';
  changedFields: string[];
  previousPosition: string;
  recommendation: RecommendationState;
}

/** Of what has happened, or of what an organisation says. */
export interface VoiceNotice {
  kind: 'development' | 'assessment';
  voice: Voice;
  /** The recommendation that the recipient follows; the first of them, where a development is about several. */
  recommendation: RecommendationState;
}

export interface DigestGroup {
  stateUnderReview: string;
  entries: DigestNotice[];
}

/**
 * The notices of a digest as they are shown: one entry a recommendation, whatever changed of it in between, one a
 * development or assessment, and grouped by State under review, the largest group first, then paragraph by paragraph.
 */
export function groupNotices(notices: readonly DigestNotice[]): DigestGroup[] {
  const entries = new Map<string, DigestNotice>();
  for (const notice of notices) {
    if (isVoice(notice)) {
      entries.set(notice.voice.id, notice);
      continue;
    }
    const id = notice.recommendation.recommendationId;
    const earlier = entries.get(id);
    entries.set(id, earlier && !isVoice(earlier) ? joined(earlier, notice) : notice);
  }
  const groups = new Map<string, DigestNotice[]>();
  for (const entry of entries.values()) {
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

export const isVoice = (notice: DigestNotice): notice is VoiceNotice =>
  notice.kind === 'development' || notice.kind === 'assessment';

/** Two facts of one recommendation, the earlier first: what is new stays new, changes add up. */
function joined(earlier: ChangeNotice, later: ChangeNotice): ChangeNotice {
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
