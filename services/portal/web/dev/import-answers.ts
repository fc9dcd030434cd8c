import { page, problem, slice, type Answer, type Ask } from './answers';
import type { ColumnPreview, Import, ImportRow, OpenQuestion, Reject } from '../src/api/imports';

const document = {
  stateUnderReview: 'XTM',
  cycle: 4,
  session: 52,
  symbol: 'A/HRC/62/11',
  date: '2026-05-04',
};
const counts = {
  recommendations: 249,
  pledges: 0,
  rejected: 5,
  byPosition: { supported: 180, noted: 56, partly: 13 },
};
const preview = { new: 231, changed: 12, unchanged: 6, rejected: 5, openQuestions: 2 };

const columns: ColumnPreview[] = [
  { name: 'Para', samples: ['118.1', '118.2', '118.3'], guess: 'paragraph' },
  {
    name: 'Recommendation',
    samples: ['Open a bridging class in every upland school', 'Pay rural teachers on the same day'],
    guess: 'text',
  },
  { name: 'Asked by', samples: ['Mozambique', 'Tunisia; Spain', 'Türkiye'], guess: 'recommendingStates' },
  { name: 'Answer', samples: ['Accepted', 'Noted', 'Accepted in part'], guess: 'position' },
  { name: 'Ministry', samples: ['Ministry of Education', 'Ministry of Health'], guess: 'leadInstitution' },
  { name: 'Remarks', samples: ['see plan 2027', ''], guess: null },
];

let next = 3;
const imports = new Map<string, Import & { polls: number }>();
for (const [index, state] of (['applied', 'ready'] as const).entries()) {
  const id = `imp-${index + 1}`;
  imports.set(
    id,
    anImport(
      id,
      state === 'ready' ? 'Outcome of the review, fourth cycle.xlsx' : 'A_HRC_62_11_matrix.docx',
      state,
    ),
  );
}

function anImport(id: string, fileName: string, state: Import['state']): Import & { polls: number } {
  const sheet = /\.(xlsx|csv)$/.test(fileName);
  return {
    id,
    fileName,
    bytes: 412_000,
    format: sheet ? 'spreadsheet' : 'ohchr-matrix',
    state,
    document,
    progress: null,
    counts,
    preview,
    result: state === 'applied' ? { recorded: 231, revised: 12, unchanged: 6, withdrawn: 0 } : null,
    announce: state === 'applied' ? true : null,
    announceDefault: true,
    ...(sheet ? { columns, mapping: { columns: {}, values: {} } } : {}),
    error: null,
    createdAt: '2026-11-24T09:12:00Z',
    appliedAt: state === 'applied' ? '2026-11-24T09:14:00Z' : null,
    undoneAt: null,
    polls: 0,
  };
}

/** Each question about an import moves it on a step, so that a test need not wait. */
function move(one: Import & { polls: number }): void {
  one.polls++;
  if (one.state === 'parsing') {
    one.progress = { done: Math.min(254, one.polls * 120), total: 254 };
    if (one.polls >= 2) one.state = one.columns && !one.mapping?.columns.text ? 'needs-mapping' : 'ready';
  } else if (one.state === 'applying') {
    one.progress = { done: Math.min(243, one.polls * 90), total: 243 };
    if (one.polls >= 3) {
      one.state = 'applied';
      one.result = { recorded: 231, revised: 12, unchanged: 6, withdrawn: 0 };
      one.appliedAt = '2026-11-24T10:20:00Z';
    }
  } else if (one.state === 'undoing') {
    one.progress = { done: Math.min(243, one.polls * 130), total: 243 };
    if (one.polls >= 2) {
      one.state = 'undone';
      one.undoneAt = '2026-11-24T10:30:00Z';
    }
  }
}

const rows: Record<string, ImportRow[]> = {
  changed: [
    changed('118.7', 'Register every birth free of charge through mobile teams and hospitals.', 'supported', {
      text: 'Register every birth through mobile teams and hospitals.',
    }),
    changed(
      '118.19',
      'Bring safe water to informal settlements before any eviction is considered.',
      'partly',
      {
        text: 'Bring safe water to informal settlements before any forced eviction is considered.',
        position: 'noted',
      },
    ),
    changed(
      '118.31',
      'Open all places of detention to regular, unannounced visits by an independent body.',
      'supported',
      {
        text: 'Open all places of detention to unannounced visits by an independent body.',
      },
    ),
  ],
  new: Array.from({ length: 45 }, (_, n) =>
    changed(
      `118.${n + 40}`,
      'Publish land concessions, with maps, in the language of the people who live there.',
      'noted',
    ),
  ),
  unchanged: [
    changed('118.2', 'Pay rural teachers on the same day as teachers in the capital.', 'supported'),
  ],
};

function changed(
  paragraph: string,
  text: string,
  position: ImportRow['position'],
  before?: Record<string, unknown>,
): ImportRow {
  return {
    at: { sheet: 'Matrix', row: 7 },
    paragraph,
    text,
    language: 'en',
    position,
    recommendingStates: ['MOZ', 'TUN'],
    ...(before ? { before } : {}),
  };
}

const rejects: Reject[] = [
  {
    at: { sheet: 'Matrix', row: 88 },
    reason: 'The text is empty.',
    cure: 'Fill in the text or delete the row.',
    raw: { Para: '118.87', Recommendation: '', 'Asked by': 'Spain', Answer: 'Accepted' },
  },
  {
    at: { sheet: 'Matrix', row: 131 },
    reason: 'The answer “To be seen” is not known.',
    cure: 'Match it with a position under “Match columns”.',
    raw: {
      Para: '118.130',
      Recommendation: 'Raise the age of criminal responsibility',
      'Asked by': 'Kenya',
      Answer: 'To be seen',
    },
  },
];

let questions: OpenQuestion[] = [
  { id: 'q-1', raw: 'Rep. of Congo', records: 3, suggestions: ['COG', 'COD'] },
  { id: 'q-2', raw: 'Guinée', records: 1, suggestions: ['GIN', 'GNB', 'GNQ'] },
];
const templates = [
  { id: 'uhri', name: 'UHRI export, 16 columns', mapping: { columns: { text: 'Recommendation' } } },
];

function started(ask: Ask): Answer {
  const id = `imp-${next++}`;
  const one = anImport(id, String(ask.body.uploadId).replace(/^up-/, ''), 'parsing');
  imports.set(id, { ...one, createdAt: '2026-11-24T10:15:00Z' });
  return { status: 202, json: imports.get(id) };
}

export function importAnswer(ask: Ask): Answer {
  const { path, method, body, query, situation } = ask;
  const [first, id, what] = path.split('/');
  if (first === 'open-questions') {
    if (method === 'POST') {
      questions = questions.filter((question) => question.id !== id);
      return { status: 204 };
    }
    return { json: { total: questions.length, questions } };
  }
  if (first === 'mapping-templates') {
    if (method === 'POST')
      templates.push({ ...(body as (typeof templates)[0]), id: `t-${templates.length}` });
    return {
      status: method === 'POST' ? 201 : 200,
      json: method === 'POST' ? templates.at(-1) : { templates },
    };
  }
  if (first === 'uploads') return { status: 201, json: { uploadId: `up-${query.get('name')}` } };
  if (first === 'export') return { text: 'paragraph,text\r\n', type: 'text/csv' };
  if (first !== 'imports') return problem(404, 'not-found', 'There is nothing at this address.');
  if (!id) {
    if (method === 'POST') return started(ask);
    const all = situation.mode === 'empty' ? [] : [...imports.values()].reverse();
    return { json: { total: all.length, imports: slice(all, query) } };
  }
  const one = imports.get(id);
  if (!one) return problem(404, 'import-not-found', 'There is no import with this id.');
  return oneImport(one, what, ask);
}

function oneImport(
  one: Import & { polls: number },
  what: string | undefined,
  { method, body, query }: Ask,
): Answer {
  switch (what) {
    case 'rows': {
      const kind = query.get('kind') ?? 'changed';
      const found = rows[kind] ?? [];
      return { json: { total: found.length, rows: slice(found, query), page: page(query) } };
    }
    case 'rejects':
      return { json: { total: rejects.length, rejects } };
    case 'rejects.csv':
      return { text: 'row,reason\r\n', type: 'text/csv' };
    case 'mapping':
      Object.assign(one, { mapping: body.mapping, state: 'parsing', polls: 0 });
      return { status: 202, json: one };
    case 'apply':
      Object.assign(one, {
        state: 'applying',
        announce: body.announce,
        polls: 0,
        progress: { done: 0, total: 243 },
      });
      return { status: 202, json: one };
    case 'undo':
      Object.assign(one, { state: 'undoing', polls: 0 });
      return { status: 202, json: one };
    default:
      if (method === 'DELETE') {
        imports.delete(one.id);
        return { status: 204 };
      }
      move(one);
      return { json: one };
  }
}
