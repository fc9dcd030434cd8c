import type { AskedRecommendation, BoardTask, OpenedTask, Standing } from '../src/api/rounds';
import { standings } from '../src/api/rounds';
import { problem, type Answer, type Ask } from './answers';

const round = {
  id: 'round-1',
  version: 2,
  state: 'open' as const,
  stateUnderReview: 'XTM',
  title: 'Mid-term report to the Human Rights Council',
  dueOn: '2026-12-15',
};
const draft = { ...round, id: 'round-2', version: 1, state: 'draft' as const, title: 'Annual round 2027' };

const asked: AskedRecommendation[] = ['140.12', '140.31', '140.58'].map((paragraph, at) => ({
  recommendationId: `0199c000-0000-7000-8000-00000000000${at}`,
  symbol: 'A/HRC/61/9',
  paragraph,
  text: [
    'Extend health insurance to migrant workers and their families, whatever their papers say',
    'Build schools on the northern islands within walking distance of every village',
    'Train all judges in the protection of children who are heard as witnesses',
  ][at]!,
  language: 'en',
  withdrawn: false,
  last:
    at < 2
      ? {
          status: 'under-way',
          text: 'A first draft of the law was consulted with the provinces in March.',
          links: [],
          unchanged: false,
          releasedAt: '2025-11-03T09:00:00Z',
        }
      : null,
  answer:
    at === 1
      ? {
          version: 2,
          status: 'completed',
          text: 'Nine schools opened in September; the last two follow in January.',
          links: [{ url: 'https://education.example/schools/northern-islands', label: '' }],
          unchanged: false,
          savedAt: '2026-11-20T09:00:00Z',
        }
      : null,
  files: at === 1 ? [{ id: 'file-1', name: 'opening-of-the-school.jpg', bytes: 482_000 }] : [],
}));

const task: OpenedTask = {
  id: 'task-1',
  version: 3,
  state: 'returned',
  standing: 'returned',
  returnReason: 'Which two schools are missing?',
  title: round.title,
  dueOn: round.dueOn,
  institution: 'Ministry of Health and Education',
  part: false,
  answered: 1,
  recommendations: asked,
  colleagues: [{ id: 'access-2', address: 'a…@health.example', recommendations: 1 }],
};

const names = [
  'Ministry of Health',
  'Ministry of Justice',
  'Office of Statistics',
  'Police',
  'وزارة التربية',
  'Treasury',
];
const tasks: BoardTask[] = names.map((institution, at) => ({
  id: `task-${at + 1}`,
  version: 3,
  state: at === 1 ? 'submitted' : 'answering',
  standing: standings[at]!,
  institution,
  returnReason: standings[at] === 'returned' ? 'Which two schools are missing?' : '',
  submittedAt: null,
  recommendations: 30,
  answered: at * 5,
  mail: at === 3 ? 'failed' : 'accepted',
  reminders: at,
}));

/** A round under way, its board, and the page of an institution that came by its link. */
export function roundsAnswer(ask: Ask): Answer {
  const { path, method, query, situation } = ask;
  if (situation.mode === 'failing') return problem(503, 'database-away', 'The database does not answer.');
  if (path.startsWith('asked/')) return askedAnswer(ask);
  const empty = situation.mode === 'empty';
  if (path === 'rounds')
    return method === 'POST' ? { json: draft } : { json: { rounds: empty ? [] : [round, draft] } };
  if (path === 'rounds/round-2') return { json: draft };
  if (path === 'rounds/round-2/preview') return { json: preview };
  if (path.endsWith('/board')) return { json: board(query.get('standing') as Standing | null, empty) };
  if (path.startsWith('rounds/')) return { json: round };
  if (path.startsWith('round-tasks/')) return { json: { task: { ...tasks[1], contents: asked } } };
  return problem(404, 'not-found', 'There is nothing at this address.');
}

const preview = {
  recommendations: 66,
  withoutLead: 4,
  institutions: [
    { id: 'institution-1', name: 'Ministry of Health', hasContact: true, recommendations: 40 },
    { id: 'institution-2', name: 'Police', hasContact: false, recommendations: 22 },
  ],
};

function board(standing: Standing | null, empty: boolean) {
  const shown = empty ? [] : tasks;
  const counts = Object.fromEntries(
    standings.map((one) => [one, shown.filter((of) => of.standing === one).length]),
  );
  return {
    counts,
    recommendations: 180,
    answered: 75,
    tasks: shown.filter((one) => !standing || one.standing === standing),
  };
}

function askedAnswer({ path, method, body, situation }: Ask): Answer {
  // An empty installation is one where nobody has entered a code.
  if (situation.mode === 'empty' && path.startsWith('asked/tasks'))
    return problem(401, 'code-needed', 'Open the link from your mail and enter the code.');
  if (path === 'asked/tasks')
    return {
      json: {
        tasks: [
          { ...task, recommendations: 3 },
          { ...task, id: 'task-9', recommendations: 3 },
        ],
      },
    };
  if (path === 'asked/code') return { status: 202, json: { asked: true } };
  if (path.endsWith('/view') || method === 'DELETE') return { status: 204 };
  if (path.includes('/answers/')) {
    const saved = { status: 'under-way', text: '', links: [], unchanged: !body.status, ...body };
    return { json: { ...saved, version: Number(body.seen) + 1, savedAt: '2026-11-25T09:00:00Z' } };
  }
  return { json: task };
}
