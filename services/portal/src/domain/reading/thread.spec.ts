import { steps, threadOf, type ThreadFacts } from './thread';

const facts = (change: Partial<ThreadFacts> = {}): ThreadFacts => ({
  recordedOn: '2025-01-10',
  position: 'supported',
  developments: [],
  assessments: [],
  ...change,
});
const states = (change: Partial<ThreadFacts>) => threadOf(facts(change)).map(({ state }) => state);
const last = (change: Partial<ThreadFacts>) => threadOf(facts(change)).at(-1);
const says = (voice: string, verdict: string, assessedOn = '2026-01-01') => ({ voice, verdict, assessedOn });
const happened = (kind: string, happenedOn = '2026-01-01') => ({ kind, happenedOn });

describe('the thread of a recommendation', () => {
  it('has its six steps, whatever is known', () => {
    expect(threadOf(facts()).map(({ step }) => step)).toEqual([...steps]);
    expect(states({ position: 'pending' })).toEqual(['reached', 'open', 'open', 'open', 'open', 'open']);
    expect(states({})).toEqual(['reached', 'reached', 'open', 'open', 'open', 'open']);
  });

  it('may skip steps', () => {
    expect(states({ developments: [happened('budget')], position: '' })).toEqual([
      'reached',
      'skipped',
      'skipped',
      'skipped',
      'reached',
      'open',
    ]);
  });

  it('takes from other services what they saw, from the earliest day on', () => {
    const thread = threadOf(
      facts({
        taken: { consulted: '2025-06-01', funded: '2026-03-01' },
        developments: [happened('policy', '2025-09-01'), happened('support-received', '2026-02-01')],
      }),
    );
    expect(thread.map(({ step, on }) => [step, on])).toEqual([
      ['recorded', '2025-01-10'],
      ['position', ''],
      ['consulted', '2025-06-01'],
      ['planned', '2025-09-01'],
      ['funded', '2026-02-01'],
      ['changed', ''],
    ]);
  });

  it.each<[string, ThreadFacts['assessments'], string]>([
    ['nobody says so', [says('nhri', 'limited'), says('state', 'none')], 'open'],
    ['one voice says so', [says('state', 'implemented')], 'claimed'],
    [
      'two organisations of one voice say so',
      [says('civil-society', 'implemented'), says('civil-society', 'substantial')],
      'claimed',
    ],
    ['another voice says no', [says('state', 'implemented'), says('nhri', 'none')], 'claimed'],
    ['another voice says so too', [says('state', 'implemented'), says('nhri', 'substantial')], 'reached'],
    [
      'another voice has not assessed it',
      [says('state', 'implemented'), says('un', 'not-assessed')],
      'claimed',
    ],
    ['all voices but the State say so', [says('nhri', 'implemented'), says('un', 'implemented')], 'reached'],
    ['a regress is all that is said', [says('nhri', 'regressed')], 'open'],
  ])('ends with a change where %s', (_, assessments, state) => {
    expect(last({ assessments })?.state).toBe(state);
  });

  it('is confirmed on the day of the other voice, and names both', () => {
    const assessments = [
      says('nhri', 'implemented', '2026-04-01'),
      says('state', 'implemented', '2026-02-01'),
    ];
    expect(last({ assessments })).toEqual({
      step: 'changed',
      state: 'reached',
      on: '2026-04-01',
      voices: ['state', 'nhri'],
    });
  });

  it('falls back by what comes later, and by nothing earlier', () => {
    const assessments = [
      says('state', 'implemented', '2026-02-01'),
      says('nhri', 'implemented', '2026-04-01'),
    ];
    expect(last({ assessments, developments: [happened('setback', '2026-03-01')] })?.state).toBe('reached');
    expect(last({ assessments, developments: [happened('setback', '2026-05-01')] })).toMatchObject({
      state: 'fell-back',
      on: '2026-05-01',
    });
    expect(last({ assessments: [...assessments, says('un', 'regressed', '2026-06-01')] })?.state).toBe(
      'fell-back',
    );
  });
});
