import { numbersFrom } from '../../testing/numbers-from';
import {
  consultationStates,
  consultationSteps,
  takeConsultationStep,
  takesDispositions,
  takesPaper,
  takesSubmissions,
  type ConsultationFacts,
  type ConsultationState,
} from './consultation-state';
import { instantOf } from './local-instant';
import { submissionStates, takeSubmissionStep } from './submission-state';

const opensAt = new Date('2026-02-01T08:00:00Z');
const closesAt = new Date('2026-03-01T22:59:00Z');
const facts = (given: Partial<ConsultationFacts> = {}): ConsultationFacts => ({
  now: new Date('2026-02-10T00:00:00Z'),
  opensAt,
  closesAt,
  recommendations: 3,
  classesInvited: 2,
  sections: 4,
  disposed: 4,
  minutesOpen: 0,
  reason: 'because',
  ...given,
});

/** Written by hand: whatever is not in it is refused. */
const allowed = [
  'draft schedule scheduled',
  'scheduled open open',
  'open pause paused',
  'paused resume open',
  'open close closed',
  'paused close closed',
  'closed draft-outcome outcome-draft',
  'outcome-draft publish-outcome outcome-published',
  'outcome-published archive archived',
  'draft cancel cancelled',
  'scheduled cancel cancelled',
  'open cancel cancelled',
  'paused cancel cancelled',
];

describe('a consultation', () => {
  it('takes these steps and no other', () => {
    const taken = consultationStates.flatMap((state) =>
      consultationSteps.flatMap((step) => {
        const answer = takeConsultationStep(state, step, facts());
        return 'taken' in answer ? [`${state} ${step} ${answer.taken}`] : [];
      }),
    );
    expect(taken.sort()).toEqual([...allowed].sort());
  });

  it.each<[ConsultationState, (typeof consultationSteps)[number], Partial<ConsultationFacts>, string]>([
    ['draft', 'schedule', { recommendations: 0 }, 'consultation-without-recommendation'],
    ['draft', 'schedule', { now: closesAt }, 'consultation-over'],
    ['scheduled', 'open', { classesInvited: 1 }, 'too-few-classes'],
    ['scheduled', 'open', { now: new Date(opensAt.getTime() - 1) }, 'too-early'],
    ['scheduled', 'open', { now: closesAt }, 'consultation-over'],
    ['paused', 'resume', { now: closesAt }, 'consultation-over'],
    ['open', 'close', { reason: '' }, 'reason-missing'],
    ['outcome-draft', 'publish-outcome', { disposed: 3 }, 'sections-without-disposition'],
    ['outcome-draft', 'publish-outcome', { minutesOpen: 1 }, 'minutes-not-approved'],
    ['open', 'cancel', { reason: '' }, 'reason-missing'],
  ])('that is %s refuses to %s with %j', (state, step, given, slug) => {
    expect(takeConsultationStep(state, step, facts(given))).toMatchObject({ refused: { slug } });
  });

  it('closes without a reason once its instant has come', () => {
    expect(takeConsultationStep('open', 'close', facts({ now: closesAt, reason: '' }))).toEqual({
      taken: 'closed',
    });
  });

  it('takes submissions while it is open and not a moment longer', () => {
    const now = new Date(closesAt.getTime() - 1);
    for (const state of consultationStates) {
      expect('taken' in takesSubmissions(state, opensAt, closesAt, now)).toBe(state === 'open');
    }
    expect(takesSubmissions('open', opensAt, closesAt, closesAt)).toMatchObject({
      refused: { slug: 'consultation-over' },
    });
    expect(consultationStates.filter((state) => 'taken' in takesPaper(state))).toEqual([
      'open',
      'paused',
      'closed',
    ]);
    expect(consultationStates.filter((state) => 'taken' in takesDispositions(state))).toEqual([
      'closed',
      'outcome-draft',
    ]);
  });

  it('publishes no outcome with a section left over, whatever is asked in whatever order', () => {
    const next = numbersFrom(12);
    const one = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T;
    const reached = new Set<ConsultationState>();
    for (let walk = 0; walk < 300; walk += 1) {
      const path: ConsultationState[] = ['draft'];
      for (let call = 0; call < 60; call += 1) {
        const given = facts({
          classesInvited: one([0, 2]),
          disposed: one([0, 4]),
          minutesOpen: one([0, 1]),
          reason: one(['', 'because']),
          now: one([opensAt, closesAt]),
        });
        const answer = takeConsultationStep(path.at(-1)!, one(consultationSteps), given);
        if (!('taken' in answer)) continue;
        path.push(answer.taken);
        reached.add(answer.taken);
        if (answer.taken === 'outcome-published') expect([given.disposed, given.minutesOpen]).toEqual([4, 0]);
      }
      const ends = path.findIndex((state) => state === 'cancelled' || state === 'archived');
      if (ends >= 0) expect(ends).toBe(path.length - 1);
      if (path.includes('outcome-published'))
        expect(path).toEqual(expect.arrayContaining(['open', 'closed', 'outcome-draft']));
    }
    expect(reached.size).toBe(consultationStates.length - 1);
  });
});

describe('a submission', () => {
  it('is handed in once, with something in it, and withdrawn once', () => {
    const taken = submissionStates.flatMap((state) =>
      (['submit', 'withdraw'] as const).flatMap((step) => {
        const answer = takeSubmissionStep(state, step, 1);
        return 'taken' in answer ? [`${state} ${step} ${answer.taken}`] : [];
      }),
    );
    expect(taken).toEqual([
      'draft submit submitted',
      'draft withdraw withdrawn',
      'submitted withdraw withdrawn',
    ]);
    expect(takeSubmissionStep('draft', 'submit', 0)).toMatchObject({ refused: { slug: 'submission-empty' } });
  });
});

describe('a local time', () => {
  it.each([
    ['2026-03-01T23:59', 'Europe/Ljubljana', '2026-03-01T22:59:00.000Z'],
    ['2026-07-01T23:59', 'Europe/Ljubljana', '2026-07-01T21:59:00.000Z'],
    ['2026-03-01T09:00', 'Pacific/Apia', '2026-02-28T20:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toEqual({ taken: new Date(instant) });
  });

  it.each([
    ['2026-03-29T02:30', 'Europe/Ljubljana', 'time-does-not-exist'],
    ['2026-02-30T09:00', 'Europe/Ljubljana', 'time-does-not-exist'],
    ['2026-02-20T09:00', 'Mars/Olympus', 'time-zone-unknown'],
  ])('%s in %s is refused', (local, zone, slug) => {
    expect(instantOf(local, zone)).toMatchObject({ refused: { slug } });
  });
});
