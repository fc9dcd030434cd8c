import { numbersFrom } from '../../testing/numbers-from';
import type { Gap } from './gaps';
import { isDraft, roadmapStates, roadmapSteps, takeRoadmapStep, type RoadmapStanding } from './roadmap-state';

const gap: Gap = { kind: 'recommendation-not-covered', recommendationId: 'a' };
const unknownCost: Gap = { kind: 'cost-unknown', actionId: 'a', number: '1', title: '', about: '' };
const sound = { rule: 'refuse' as const, gaps: [], actions: 3 };

/** Written by hand: whatever is not in it is refused. */
const allowed = [
  'draft adopt adopted',
  'draft abandon abandoned',
  'adopted revise revision-draft',
  'adopted close closed',
  'revision-draft adopt adopted',
  'revision-draft drop-revision adopted',
];

describe('a roadmap', () => {
  it('takes these steps and no other', () => {
    const taken = roadmapStates.flatMap((state) =>
      roadmapSteps.flatMap((step) => {
        const answer = takeRoadmapStep({ state, adoptedVersion: 2 }, step, sound);
        return 'taken' in answer ? [`${state} ${step} ${answer.taken.state}`] : [];
      }),
    );
    expect(taken.sort()).toEqual([...allowed].sort());
  });

  it.each([
    ['roadmap-has-gaps', { ...sound, gaps: [gap] }],
    ['roadmap-without-action', { ...sound, actions: 0 }],
    ['roadmap-without-action', { rule: 'print' as const, gaps: [gap], actions: 0 }],
  ])('is not adopted: %s', (slug, facts) => {
    expect(takeRoadmapStep({ state: 'draft', adoptedVersion: 0 }, 'adopt', facts)).toMatchObject({
      refused: { slug },
    });
  });

  it.each([
    ['with gaps where its rule prints them', { rule: 'print' as const, gaps: [gap], actions: 1 }],
    ['where only money is unknown', { ...sound, gaps: [unknownCost] }],
  ])('is adopted %s', (_, facts) => {
    expect(takeRoadmapStep({ state: 'draft', adoptedVersion: 0 }, 'adopt', facts)).toEqual({
      taken: { state: 'adopted', adoptedVersion: 1 },
    });
  });

  it('is never where it must not be, whatever is asked in whatever order', () => {
    const next = numbersFrom(4711);
    const one = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T;
    const seen = new Set<string>();
    for (let walk = 0; walk < 150; walk += 1) {
      let standing: RoadmapStanding = { state: 'draft', adoptedVersion: 0 };
      for (let call = 0; call < 25; call += 1) {
        const step = one(roadmapSteps);
        const facts = {
          rule: one(['refuse', 'print'] as const),
          gaps: one([[], [gap]]),
          actions: one([0, 1]),
        };
        const answer = takeRoadmapStep(standing, step, facts);
        if (!('taken' in answer)) {
          expect(answer.refused.reason).toMatch(/^[A-Z].*\.$/);
          continue;
        }
        const after: RoadmapStanding = answer.taken;
        // Closed and abandoned are the end; only what was a draft gets a number, one by one, and never with gaps
        // that its rule refuses; what is in force has one.
        expect(['closed', 'abandoned']).not.toContain(standing.state);
        if (after.adoptedVersion !== standing.adoptedVersion) {
          expect({ step, was: isDraft(standing.state) }).toEqual({ step: 'adopt', was: true });
          expect(after.adoptedVersion).toBe(standing.adoptedVersion + 1);
          expect(facts.rule === 'refuse' && facts.gaps.length > 0).toBe(false);
          expect(facts.actions).toBeGreaterThan(0);
        }
        expect(after.adoptedVersion > 0).toBe(!['draft', 'abandoned'].includes(after.state));
        standing = after;
        seen.add(after.state);
      }
    }
    expect([...seen].sort()).toEqual(['abandoned', 'adopted', 'closed', 'revision-draft']);
  });
});
