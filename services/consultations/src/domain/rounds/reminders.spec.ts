import { isDate } from './dates';
import { planReminders, reminderFate, usualRule } from './reminders';
import { standingOf } from './standing';
import { isWorkingDay, workingDayFrom } from './working-days';

const round = { dueOn: '2026-06-30', timeZone: 'Africa/Nairobi', stateUnderReview: 'KEN' };
const none = new Set<string>();
const may = new Date('2026-05-01T00:00:00Z');

describe('working days', () => {
  it.each([
    ['KEN', '2026-05-02', false],
    ['KEN', '2026-05-01', true],
    ['EGY', '2026-05-01', false],
    ['EGY', '2026-05-03', true],
    ['NPL', '2026-05-03', true],
  ])('%s on %s: %s', (state, date, works) => {
    expect(isWorkingDay(state, date, none)).toBe(works);
  });

  it('go round holidays and weekends together', () => {
    expect(workingDayFrom('KEN', '2026-05-01', new Set(['2026-05-01', '2026-05-04']))).toBe('2026-05-05');
  });

  it('end somewhere, even in a calendar of nothing but holidays', () => {
    const always = { has: () => true } as unknown as ReadonlySet<string>;
    expect(workingDayFrom('KEN', '2026-05-01', always)).toBe('2026-05-01');
  });

  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['28.02.2026', false],
  ])('%s is a date: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

describe('reminders', () => {
  it('are one per offset, at nine in the State, on working days', () => {
    const planned = planReminders(usualRule, round, new Set(['2026-06-16']), may);
    expect(
      planned.map(({ offsetDays, audience, dueAt }) => [offsetDays, audience, dueAt.toISOString()]),
    ).toEqual([
      [-14, 'institution', '2026-06-17T06:00:00.000Z'],
      [-7, 'institution', '2026-06-23T06:00:00.000Z'],
      [-1, 'institution', '2026-06-29T06:00:00.000Z'],
      [1, 'institution', '2026-07-01T06:00:00.000Z'],
      [14, 'supervisor', '2026-07-14T06:00:00.000Z'],
    ]);
  });

  it('say an offset that is named twice once', () => {
    expect(planReminders({ offsets: [-7, -7], escalationAfter: null }, round, none, may)).toHaveLength(1);
  });

  it('leave out what had passed when it was planned', () => {
    const planned = planReminders(usualRule, round, none, new Date('2026-06-24T00:00:00Z'));
    expect(planned.map(({ offsetDays }) => offsetDays)).toEqual([-1, 1, 14]);
  });

  const now = new Date('2026-06-23T06:00:00Z');
  const waiting = { state: 'answering' as const, roundOpen: true };
  it('go to whoever has not answered', () => {
    const fate = (state: Parameters<typeof reminderFate>[1]['state']) =>
      reminderFate({ newer: false }, { state, roundOpen: true }, round, none, now).kind;
    expect(
      ['asked', 'viewed', 'answering', 'returned', 'submitted', 'released'].map((s) => fate(s as never)),
    ).toEqual(['send', 'send', 'send', 'send', 'void', 'void']);
  });

  it('end with the round, and where a newer one is due', () => {
    expect(reminderFate({ newer: false }, { ...waiting, roundOpen: false }, round, none, now).kind).toBe(
      'void',
    );
    expect(reminderFate({ newer: true }, waiting, round, none, now).kind).toBe('void');
  });

  it('wait for the next working day where a holiday was entered after they were planned', () => {
    expect(reminderFate({ newer: false }, waiting, round, new Set(['2026-06-23']), now)).toEqual({
      kind: 'wait',
      until: new Date('2026-06-24T06:00:00Z'),
    });
  });
});

describe('how a task stands', () => {
  const stands = (state: string, today: string, answered = 0) =>
    standingOf({ state: state as never, recommendations: 4, answered }, '2026-06-30', today);

  it.each([
    ['asked', '2026-06-22', 0, 'waiting'],
    ['asked', '2026-06-23', 0, 'at-risk'],
    ['answering', '2026-06-23', 1, 'at-risk'],
    ['answering', '2026-06-23', 2, 'waiting'],
    ['answering', '2026-06-30', 4, 'waiting'],
    ['answering', '2026-07-01', 4, 'late'],
    ['returned', '2026-06-30', 4, 'returned'],
    ['returned', '2026-07-01', 4, 'late'],
    ['submitted', '2026-08-01', 4, 'answered'],
    ['released', '2026-08-01', 4, 'released'],
  ])('%s on %s with %i of 4 answered: %s', (state, today, answered, expected) => {
    expect(stands(state, today, answered)).toBe(expected);
  });
});
