import { StepRefused } from './refused';
import { afterRoundStep, roundStates, type RoundStep } from './round';
import { afterTaskStep, taskStates, type TaskState, type TaskStep } from './task';

const steps = {
  view: { step: 'view' },
  save: { step: 'save' },
  submit: { step: 'submit', recommendations: 3, answered: 3 },
  'submit, unanswered': { step: 'submit', recommendations: 3, answered: 2 },
  return: { step: 'return', reason: 'Say when.' },
  'return, no reason': { step: 'return', reason: ' ' },
  release: { step: 'release' },
} satisfies Record<string, TaskStep>;

/** Every step from every state of an open round; what is not here is refused. */
const allowed: Record<string, TaskState> = {
  'asked view': 'viewed',
  'viewed view': 'viewed',
  'answering view': 'answering',
  'submitted view': 'submitted',
  'returned view': 'returned',
  'released view': 'released',
  'asked save': 'answering',
  'viewed save': 'answering',
  'answering save': 'answering',
  'returned save': 'returned',
  'asked submit': 'submitted',
  'viewed submit': 'submitted',
  'answering submit': 'submitted',
  'returned submit': 'submitted',
  'submitted return': 'returned',
  'submitted release': 'released',
};

const outcome = (take: () => string): string => {
  try {
    return take();
  } catch (error) {
    if (error instanceof StepRefused) return 'refused';
    throw error;
  }
};

describe('a task', () => {
  const all = taskStates.flatMap((state) =>
    Object.entries(steps).map(([name, step]) => ({ state, name, step })),
  );

  it.each(all)('$state: $name', ({ state, name, step }) => {
    expect(outcome(() => afterTaskStep('open', state, step))).toBe(allowed[`${state} ${name}`] ?? 'refused');
  });

  it.each(all.filter(({ name }) => name !== 'view'))(
    '$state: $name is refused in a closed round',
    ({ state, step }) => {
      expect(outcome(() => afterTaskStep('closed', state, step))).toBe('refused');
    },
  );

  it('is released only after it was submitted with every answer, whatever the order of calls', () => {
    // All sequences of six steps, from the beginning.
    const names = Object.keys(steps) as (keyof typeof steps)[];
    const walk = (state: TaskState, submittedOnce: boolean, depth: number): void => {
      if (state === 'released') expect(submittedOnce).toBe(true);
      if (depth === 6) return;
      for (const name of names) {
        const next = outcome(() => afterTaskStep('open', state, steps[name]));
        if (next === 'refused') continue;
        walk(next as TaskState, submittedOnce || name === 'submit', depth + 1);
      }
    };
    walk('asked', false, 0);
  });
});

describe('a round', () => {
  const open: RoundStep = {
    step: 'open',
    assigned: 2,
    withoutLead: 0,
    leaveOut: false,
    dueOn: '2026-06-30',
    today: '2026-05-01',
  };

  it.each([
    ['draft', open, 'open'],
    ['open', open, 'refused'],
    ['closed', open, 'refused'],
    ['draft', { step: 'close' }, 'refused'],
    ['open', { step: 'close' }, 'closed'],
    ['closed', { step: 'close' }, 'refused'],
    ['draft', { ...open, assigned: 0 }, 'refused'],
    ['draft', { ...open, withoutLead: 1 }, 'refused'],
    ['draft', { ...open, withoutLead: 1, leaveOut: true }, 'open'],
    ['draft', { ...open, today: '2026-06-30' }, 'refused'],
  ] as [(typeof roundStates)[number], RoundStep, string][])('%s, %j: %s', (state, step, expected) => {
    expect(outcome(() => afterRoundStep(state, step))).toBe(expected);
  });
});
