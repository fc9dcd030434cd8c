import { problem, slice, type Answer, type Ask } from './answers';
import { heldBy, matching } from './portal-answers';
import { importAnswer } from './import-answers';
import { french, leadOf } from './tamaria';
import { assessmentsAnswer, developmentsAnswer } from './voices-answers';
import type { Recommendation } from '../src/api/portal';
import type { Internal, Provenance, RecommendationDetail } from '../src/api/recommendations';

const decided = new Map<string, Partial<Internal>>();

function internalOf(of: Recommendation): Internal {
  return {
    leadInstitution: leadOf.get(of.themes[0] ?? '') ?? '',
    supportingInstitutions: [],
    deadline: '2027-06-30',
    status: 'in-progress',
    note: '',
    ...decided.get(of.id),
  };
}

/** Two imports say something about each: the matrix, and later the State's own table of answers. */
function provenanceOf(of: Recommendation): Provenance {
  const row = Number(of.paragraph.split('.')[1]) + 1;
  const states = of.recommendingStates.map((code) => ({ raw: code, code }));
  const matrix = {
    id: row,
    said: {
      text: of.text,
      recommendingStates: states,
      themes: ['Right to health'],
      position: 'pending',
      paragraph: of.paragraph,
    },
    rows: [
      {
        importId: 'imp-1',
        format: 'ohchr-matrix',
        fileName: 'A_HRC_62_11_matrix.docx',
        at: { table: 1, row },
        appliedAt: '2026-05-21T08:15:00Z',
      },
    ],
  };
  const answers = {
    id: row + 1000,
    said: { position: of.position },
    rows: [
      {
        importId: 'imp-2',
        format: 'spreadsheet',
        fileName: 'Addendum.xlsx',
        at: { sheet: 'Answers', row },
        appliedAt: '2026-09-24T13:02:00Z',
      },
    ],
  };
  return {
    fields: {
      text: [row],
      recommendingStates: [row],
      themes: [row],
      paragraph: [row],
      position: [row + 1000],
    },
    sources: [matrix, answers],
    decisions: [],
  };
}

function translationsOf({ language }: Recommendation): RecommendationDetail['translations'] {
  if (language !== 'ar') return {};
  return {
    en: {
      text: 'Bring safe water to informal settlements before any eviction is considered.',
      status: 'translated',
    },
    fr: { text: french[1] ?? '', status: 'machine-translated' },
  };
}

function one(ask: Ask, id: string): Answer {
  const found = heldBy(ask).find((of) => of.id === id);
  if (!found) return problem(404, 'recommendation-not-found', 'There is no recommendation with this id.');
  if (ask.method === 'PATCH') {
    decided.set(id, { ...decided.get(id), ...(ask.body.set as Partial<Internal>) });
    return { status: 204 };
  }
  const internal = ask.situation.as === 'nobody' ? {} : { internal: internalOf(found) };
  const detail: RecommendationDetail = {
    ...found,
    ...internal,
    translations: translationsOf(found),
    unresolvedStates: [],
    stateUnderReviewRaw: 'Tamaria',
    recordedAt: '2026-05-21T08:15:00Z',
    revisedAt: '2026-09-24T13:02:00Z',
    withdrawnAt: null,
    provenance: provenanceOf(found),
  };
  return { json: detail };
}

export function recommendationsAnswer(ask: Ask): Answer {
  if (ask.situation.mode === 'failing') {
    return problem(
      503,
      'database-away',
      'The database does not answer.',
      'It is tried again every few seconds.',
    );
  }
  const [first, second] = ask.path.split('/');
  if (first === 'developments') return developmentsAnswer(ask);
  if (first === 'assessments') return assessmentsAnswer(ask);
  if (first !== 'recommendations') return importAnswer(ask);
  if (second === 'bulk-edit') return { json: { changed: ask.body.expected } };
  if (second) return one(ask, second);
  const found = matching(heldBy(ask), ask.query);
  const rows = slice(found, ask.query, 50).map((of) => ({ ...of, internal: internalOf(of) }));
  return { json: { total: found.length, recommendations: rows } };
}
