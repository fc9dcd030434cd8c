import {
  assessmentStates,
  assessmentSteps,
  seesAssessment,
  takeAssessment,
  type AssessmentActor,
  type AssessmentState,
  type AssessmentStep,
  type Findings,
} from './assessment';
import { voiceOf } from './voice';

const findings: Findings = {
  verdict: 'limited',
  summary: 'The act was passed; no office has been opened.',
  language: 'en',
  method: 'Visits to four provinces and a request for figures.',
  evidence: [{ title: 'Annual report', url: 'https://nhri.example/report' }],
  assessedOn: '2026-01-10',
};
const author: AssessmentActor = { writesFor: ['nhri'], answersFor: null };
const coordinator: AssessmentActor = { writesFor: ['committee'], answersFor: 'committee' };
const authorWhoAnswers: AssessmentActor = { writesFor: ['nhri'], answersFor: 'nhri' };
const stranger: AssessmentActor = { writesFor: ['coalition'], answersFor: null };
const actors = { author, coordinator, authorWhoAnswers, stranger };
type Who = keyof typeof actors;

const own: Who[] = ['author', 'authorWhoAnswers'];
/** Every step that is allowed, with where it leads; whatever is not in it is refused. */
const allowed: [AssessmentState, AssessmentStep, Who[], AssessmentState][] = [
  ['draft', 'edit', own, 'draft'],
  ['draft', 'publish', own, 'published'],
  ['draft', 'withdraw', own, 'withdrawn'],
  ['published', 'edit', own, 'published'],
  ['published', 'publish', own, 'published'],
  ['published', 'withdraw', own, 'withdrawn'],
  ['published', 'answer', ['coordinator'], 'published'],
];

const standing = (state: AssessmentState) => ({
  state,
  organisationId: 'nhri',
  findings,
  edition: state === 'draft' ? null : { ...findings, verdict: 'none' as const },
});

const everything = assessmentStates.flatMap((state) =>
  assessmentSteps.flatMap((step) => (Object.keys(actors) as Who[]).map((who) => ({ state, step, who }))),
);

describe('the steps of an assessment', () => {
  it.each(everything)('$step from $state by $who', ({ state, step, who }) => {
    const row = allowed.find(([from, what, by]) => from === state && what === step && by.includes(who));
    const taken = takeAssessment(standing(state), step, actors[who], 'a reason');
    if (row) expect(taken).toEqual({ state: row[3] });
    else expect(taken).toHaveProperty('refused');
  });

  it.each<[string, Partial<Findings>]>([
    ['date-missing', { assessedOn: null }],
    ['summary-missing', { summary: ' ' }],
    ['evidence-missing', { evidence: [] }],
    ['method-missing', { method: '' }],
  ])('is not published: %s', (slug, lacking) => {
    const draft = { ...standing('draft'), findings: { ...findings, ...lacking } };
    expect(takeAssessment(draft, 'publish', author)).toEqual({ refused: expect.objectContaining({ slug }) });
  });

  it('says without evidence or method only that nothing was assessed', () => {
    const notAssessed: Findings = { ...findings, verdict: 'not-assessed', evidence: [], method: '' };
    expect(takeAssessment({ ...standing('draft'), findings: notAssessed }, 'publish', author)).toEqual({
      state: 'published',
    });
  });

  it('publishes no edition that says the same again', () => {
    const same = { ...standing('published'), edition: { ...findings } };
    expect(takeAssessment(same, 'publish', author)).toEqual({
      refused: expect.objectContaining({ slug: 'nothing-to-publish', kind: 'conflict' }),
    });
  });

  it('needs a reason to withdraw what was public, and none to drop a draft', () => {
    expect(takeAssessment(standing('published'), 'withdraw', author)).toHaveProperty('refused');
    expect(takeAssessment(standing('draft'), 'withdraw', author)).toEqual({ state: 'withdrawn' });
  });
});

describe('who sees an assessment', () => {
  const seen = (edition: Findings | null) =>
    Object.entries({ ...actors, nobody: null })
      .filter(([, actor]) => seesAssessment({ organisationId: 'nhri', edition }, actor))
      .map(([who]) => who);

  it('is its organisation alone before it was public, and everybody from then on', () => {
    expect(seen(null)).toEqual(own);
    expect(seen(findings)).toEqual([...Object.keys(actors), 'nobody']);
  });
});

it.each([
  ['government', 'state'],
  ['parliament', 'state'],
  ['nhri', 'nhri'],
  ['cso', 'civil-society'],
  ['academia', 'civil-society'],
  ['un', 'un'],
  ['embassy', null],
  ['donor', null],
  ['other', null],
])('hears a %s as the voice %s', (organisationClass, voice) => {
  expect(voiceOf(organisationClass)).toBe(voice);
});
