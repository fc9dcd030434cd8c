import { numbersFrom } from '../../testing/numbers-from';
import {
  actionStates,
  actionSteps,
  takeActionStep,
  type ActionState,
  type AnyActionStep,
} from './action-state';

const steps: AnyActionStep[] = ['agree', ...actionSteps, 'drop'];

/** Written by hand: whatever is not in it is refused. */
const allowed = [
  'proposed agree agreed',
  'agreed start in-progress',
  'agreed drop dropped',
  'in-progress block blocked',
  'in-progress claim-completion completed-claimed',
  'in-progress drop dropped',
  'blocked resume in-progress',
  'blocked drop dropped',
  'completed-claimed verify verified',
  'completed-claimed dispute disputed',
  'completed-claimed drop dropped',
  'disputed verify verified',
  'disputed reopen in-progress',
  'disputed drop dropped',
  'verified reopen in-progress',
  'verified drop dropped',
];

describe('an action', () => {
  it('takes these steps and no other', () => {
    const taken = actionStates.flatMap((state) =>
      steps.flatMap((step) => {
        const answer = takeActionStep(state, step, 'because');
        return 'taken' in answer ? [`${state} ${step} ${answer.taken}`] : [];
      }),
    );
    expect(taken.sort()).toEqual([...allowed].sort());
  });

  it.each([
    ['in-progress', 'block'],
    ['completed-claimed', 'dispute'],
    ['verified', 'reopen'],
    ['agreed', 'drop'],
  ] as const)('that is %s does not %s without a reason', (state, step) => {
    expect(takeActionStep(state, step, '  ')).toMatchObject({ refused: { slug: 'reason-missing' } });
  });

  it('is never verified without a claim before, nor alive after it was dropped', () => {
    const next = numbersFrom(99);
    const one = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T;
    const reached = new Set<ActionState>();
    for (let walk = 0; walk < 200; walk += 1) {
      const path: ActionState[] = ['proposed'];
      for (let call = 0; call < 40; call += 1) {
        const state = path.at(-1)!;
        const answer = takeActionStep(state, one(steps), one(['', 'because']));
        if (!('taken' in answer)) continue;
        expect(state).not.toBe('dropped');
        path.push(answer.taken);
        reached.add(answer.taken);
      }
      for (const [at, state] of path.entries()) {
        if (state === 'verified') expect(['completed-claimed', 'disputed']).toContain(path[at - 1]);
        if (state === 'in-progress') expect(path.slice(0, at)).toContain('agreed');
      }
    }
    expect(reached.size).toBe(actionStates.length - 1);
  });
});
