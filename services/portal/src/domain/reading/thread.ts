/** The steps that follow a recommendation everywhere. */
export const steps = ['recorded', 'position', 'consulted', 'planned', 'funded', 'changed'] as const;
export type Step = (typeof steps)[number];

/**
 * How a step stands.
 * - `open`: nothing says that it was taken
 * - `skipped`: nothing says so, yet a later one was taken
 * - `claimed`: one voice says so; the last step needs another one
 * - `reached`
 * - `fell-back`: it had been claimed or reached, and then something took it back
 */
export type StepState = 'open' | 'skipped' | 'claimed' | 'reached' | 'fell-back';

export interface ThreadStep {
  step: Step;
  state: StepState;
  /** ISO date since when, '' where it is not known. */
  on: string;
  /** Who says so, where that matters. */
  voices: string[];
}

/** What the steps are told from. */
export interface ThreadFacts {
  recordedOn: string;
  position: string;
  developments: readonly { kind: string; happenedOn: string }[];
  assessments: readonly { voice: string; verdict: string; assessedOn: string }[];
  /** Days on which other services saw a step taken: consultations, roadmaps, donors' activities. */
  taken?: Partial<Record<'consulted' | 'planned' | 'funded', string>>;
}

const provenBy: Partial<Record<Step, readonly string[]>> = {
  planned: ['policy'],
  funded: ['budget', 'support-received'],
};
const positionsTaken = ['supported', 'noted', 'partly'];
const changes = ['substantial', 'implemented'];

/** The thread of a recommendation. Steps may be skipped and may fall back. */
export function threadOf(facts: ThreadFacts): ThreadStep[] {
  const thread: ThreadStep[] = [
    { step: 'recorded', state: 'reached', on: facts.recordedOn, voices: [] },
    {
      step: 'position',
      // When a State took its position no source says.
      ...(positionsTaken.includes(facts.position) ? reached('') : open),
    },
    ...(['consulted', 'planned', 'funded'] as const).map((step) => ({ step, ...prepared(step, facts) })),
    { step: 'changed', ...changed(facts) },
  ];
  const last = thread.findLastIndex(({ state }) => state !== 'open');
  return thread.map((step, index) =>
    step.state === 'open' && index < last ? { ...step, state: 'skipped' } : step,
  );
}

type Standing = Omit<ThreadStep, 'step'>;
const open: Standing = { state: 'open', on: '', voices: [] };
const reached = (on: string): Standing => ({ state: 'reached', on, voices: [] });

function prepared(step: 'consulted' | 'planned' | 'funded', { developments, taken }: ThreadFacts): Standing {
  const days = developments
    .filter(({ kind }) => provenBy[step]?.includes(kind))
    .map(({ happenedOn }) => happenedOn);
  const [first] = [...days, ...(taken?.[step] ? [taken[step]] : [])].sort();
  return first === undefined ? open : reached(first);
}

/** Who claims a change does not confirm it: it takes the verdict of a voice other than the claimant's. */
function changed({ assessments, developments }: ThreadFacts): Standing {
  const claims = assessments
    .filter(({ verdict }) => changes.includes(verdict))
    .sort((a, b) => (a.assessedOn < b.assessedOn ? -1 : 1));
  const claim = claims[0];
  if (!claim) return open;
  const confirmation = claims.find(({ voice }) => voice !== claim.voice);
  const voices = [...new Set(claims.map(({ voice }) => voice))];
  const on = (confirmation ?? claim).assessedOn;
  const setbacks = [
    ...assessments.filter(({ verdict }) => verdict === 'regressed').map(({ assessedOn }) => assessedOn),
    ...developments.filter(({ kind }) => kind === 'setback').map(({ happenedOn }) => happenedOn),
  ].sort();
  const setback = setbacks.find((day) => day > on);
  if (setback !== undefined) return { state: 'fell-back', on: setback, voices };
  return { state: confirmation ? 'reached' : 'claimed', on, voices };
}
