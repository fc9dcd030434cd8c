import { problem, type Answer, type Ask } from './answers';
import { heldBy } from './portal-answers';

const FAILING = problem(500, 'unforeseen', 'Something went wrong on our side.', 'Try again.');
const MOMENTS = {
  opensAt: '2026-11-01T08:00:00.000Z',
  closesAt: '2026-12-01T22:59:00.000Z',
  timeZone: 'Europe/Ljubljana',
};

const roadmap = {
  roadmapId: 'road-1',
  version: 4,
  stateUnderReview: 'XTM',
  state: 'adopted',
  adoptedVersion: 2,
  title: 'Roadmap of Tamaria on the recommendations of its last review',
  fromYear: 2026,
  toYear: 2029,
};

function plan(ask: Ask): Answer {
  const recommendations = heldBy(ask)
    .slice(0, 3)
    .map(({ id, symbol, paragraph, text }) => ({ recommendationId: id, symbol, paragraph, text }));
  const measure = (value: string | null) => ({ value, on: '2025-12-31' });
  const action = (number: string, title: string, leadInstitution: string, standing: string) => ({
    actionId: `action-${number}`,
    number,
    title,
    leadInstitution,
    supportingInstitutions: ['Office of statistics'],
    dueOn: standing === 'at-risk' ? null : '2027-06-30',
    recommendationIds: recommendations.map(({ recommendationId }) => recommendationId),
    indicators: [
      {
        indicatorId: `indicator-${number}`,
        title: 'Girls who finish secondary school',
        unit: '%',
        baseline: measure('61.25'),
        target: measure(standing === 'at-risk' ? null : '75'),
      },
    ],
    standing,
    values: { [`indicator-${number}`]: [{ value: '64.5', observedOn: '2026-10-01' }] },
  });
  return {
    json: {
      roadmap,
      number: 2,
      adoptedOn: '2026-09-15',
      note: '',
      actions: [
        action('1.1', 'Keep girls at school', 'Ministry of education', 'on-time'),
        action('1.2', 'Train teachers in remote districts', 'Ministry of education', 'overdue'),
        action('2', 'Open clinics', '', 'at-risk'),
      ],
      gaps: [
        { kind: 'lead-missing', actionId: 'action-2', number: '2', title: 'Open clinics', about: '' },
        { kind: 'cost-unknown', actionId: 'action-2', number: '2', title: 'Open clinics', about: '2027 EUR' },
        ...recommendations
          .slice(0, 1)
          .map(({ recommendationId }) => ({ kind: 'recommendation-not-covered', recommendationId })),
      ],
      need: {
        years: [
          { year: 2026, currency: 'EUR', amount: '1234567.5', actions: 2, unknown: 0 },
          { year: 2027, currency: 'EUR', amount: '80000', actions: 1, unknown: 1 },
        ],
        withoutEstimate: 1,
      },
      recommendations,
    },
  };
}

const consultation = (id: string, state: string, title: string) => ({
  consultationId: id,
  version: 3,
  stateUnderReview: 'XTM',
  state,
  title,
  purpose: 'What should the next version of the roadmap say about schools?',
  facilitator: 'Ombudsman of Tamaria',
  ...MOMENTS,
  submissionsVisibleTo: 'facilitator',
});
const all = [
  consultation('cons-1', 'open', 'Schools in remote districts'),
  consultation('cons-2', 'outcome-draft', 'Health of mothers'),
  consultation('cons-3', 'outcome-published', 'Access to justice'),
];

function one(ask: Ask, id: string): Answer {
  const found = all.find(({ consultationId }) => consultationId === id);
  if (!found) return problem(404, 'consultation-not-found', 'There is no such consultation.');
  const recommendations = heldBy(ask)
    .slice(0, 2)
    .map(({ id: recommendationId, symbol, paragraph, text }) => ({
      recommendationId,
      symbol,
      paragraph,
      text,
    }));
  const outcome = recommendations.map(({ recommendationId }, at) => ({
    sectionId: `section-${at}`,
    class: at ? 'nhri' : 'cso',
    targetId: recommendationId,
    outcome: at ? 'not-adopted' : 'adopted',
    reason: 'The budget of the ministry holds it already.',
  }));
  return {
    json: {
      consultation: found,
      recommendations,
      classesInvited: ['cso', 'nhri', 'academia'],
      invited: ask.situation.as !== 'nobody',
      outcome: found.state === 'outcome-published' ? outcome : null,
    },
  };
}

function desk(ask: Ask): Answer {
  const sections = heldBy(ask)
    .slice(0, 2)
    .map(({ id }, at) => ({
      sectionId: `section-${at}`,
      class: at ? 'nhri' : 'cso',
      organisation: at ? 'Ombudsman of Tamaria' : 'School for all',
      body: 'Teachers leave after one year.\nPay their way home.',
      targetId: id,
      outcome: at ? 'noted' : null,
      reason: at ? 'Of another roadmap' : null,
      dispositionVersion: at,
      actionIds: [],
    }));
  return { json: { sections } };
}

/** Roadmaps and consultations of the invented State. */
export function consultationsAnswer(ask: Ask): Answer {
  if (ask.situation.mode === 'failing') return FAILING;
  const empty = ask.situation.mode === 'empty';
  const [kind, id = '', part] = ask.path.split('/');
  if (ask.method !== 'GET') return { json: { consultationId: 'cons-1', submissionId: 'sub-1' } };
  if (kind === 'roadmaps') return id ? plan(ask) : { json: { roadmaps: empty ? [] : [roadmap] } };
  if (kind !== 'consultations') return problem(404, 'not-found', 'There is no such thing.');
  if (!id) return { json: { consultations: empty ? [] : all } };
  return part === 'desk' ? desk(ask) : one(ask, id);
}
