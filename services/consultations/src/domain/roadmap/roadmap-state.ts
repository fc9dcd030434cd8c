import { refuse, type Taken } from '../step';
import { blocks, type Gap } from './gaps';

export const roadmapStates = ['draft', 'adopted', 'revision-draft', 'closed', 'abandoned'] as const;
export type RoadmapState = (typeof roadmapStates)[number];

export const roadmapSteps = ['adopt', 'revise', 'drop-revision', 'close', 'abandon'] as const;
export type RoadmapStep = (typeof roadmapSteps)[number];

/** What happens to gaps on adoption: `refuse`, or `print` them with the version. */
export const gapRules = ['refuse', 'print'] as const;
export type GapRule = (typeof gapRules)[number];

export interface RoadmapStanding {
  state: RoadmapState;
  /** number of the version in force, 0 before the first */
  adoptedVersion: number;
}

/** What a guard looks at beyond the state. */
export interface RoadmapFacts {
  rule: GapRule;
  gaps: readonly Gap[];
  /** actions that the version would have */
  actions: number;
}

const allowedFrom: Record<RoadmapStep, readonly RoadmapState[]> = {
  adopt: ['draft', 'revision-draft'],
  revise: ['adopted'],
  'drop-revision': ['revision-draft'],
  close: ['adopted'],
  abandon: ['draft'],
};

const leadsTo: Record<RoadmapStep, RoadmapState> = {
  adopt: 'adopted',
  revise: 'revision-draft',
  'drop-revision': 'adopted',
  close: 'closed',
  abandon: 'abandoned',
};

const wording: Record<RoadmapState, string> = {
  draft: 'it is a draft that has not been adopted',
  adopted: 'it has been adopted: begin a revision to change it',
  'revision-draft': 'a revision of it is being drafted: adopt or drop that first',
  closed: 'it has been closed',
  abandoned: 'it has been abandoned',
};

/** Whether the actions of a roadmap may be written now. */
export const isDraft = (state: RoadmapState): boolean => state === 'draft' || state === 'revision-draft';

export const notADraft = (state: RoadmapState) =>
  refuse('roadmap-not-a-draft', `This roadmap cannot be edited: ${wording[state]}.`);

/** Where a step leads a roadmap. A version number is given by `adopt` alone and never twice. */
export function takeRoadmapStep(
  standing: RoadmapStanding,
  step: RoadmapStep,
  facts: RoadmapFacts,
): Taken<RoadmapStanding> {
  if (!allowedFrom[step].includes(standing.state)) {
    return refuse(
      'roadmap-step-not-now',
      `This cannot be done to the roadmap now: ${wording[standing.state]}.`,
    );
  }
  if (step !== 'adopt') return { taken: { ...standing, state: leadsTo[step] } };
  if (facts.actions === 0) {
    return refuse('roadmap-without-action', 'A roadmap without an action cannot be adopted: add one first.');
  }
  const missing = facts.gaps.filter(blocks).length;
  if (facts.rule === 'refuse' && missing > 0) {
    return refuse(
      'roadmap-has-gaps',
      `The roadmap lacks ${missing} things that its rule asks for: fill them in, or set the rule to print gaps with the version.`,
    );
  }
  return { taken: { state: leadsTo.adopt, adoptedVersion: standing.adoptedVersion + 1 } };
}
