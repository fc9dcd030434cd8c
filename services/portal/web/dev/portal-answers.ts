import { page, problem, slice, type Answer, type Ask } from './answers';
import { directoryAnswer } from './directory-answers';
import { tamarianRecommendations } from './tamaria';
import { saidAnswer } from './voices-answers';
import type { Permission, Position, Recommendation } from '../src/api/portal';

const held = tamarianRecommendations();
/** Once someone has pressed the demo button of an empty installation. */
let demoLoaded = false;

export const heldBy = (ask: Ask): Recommendation[] =>
  ask.situation.mode === 'empty' && !demoLoaded ? [] : held;

const valuesOf: Record<string, (of: Recommendation) => string[]> = {
  position: (of) => [of.position],
  theme: (of) => of.themes,
  group: (of) => of.groups,
  sdg: (of) => of.sdgs,
  stateUnderReview: (of) => [of.stateUnderReview],
  recommendingState: (of) => of.recommendingStates,
  mechanism: (of) => [of.mechanism],
  cycle: (of) => [String(of.cycle)],
  session: (of) => [String(of.session)],
  kind: (of) => [of.kind],
  actionCategory: (of) => [String(of.actionCategory)],
};

function matches(of: Recommendation, query: URLSearchParams, except = ''): boolean {
  const q = query.get('q')?.toLowerCase();
  if (q && !of.text.toLowerCase().includes(q) && !of.paragraph.startsWith(q)) return false;
  return Object.entries(valuesOf).every(([field, values]) => {
    const wanted = query.getAll(field);
    return field === except || !wanted.length || values(of).some((value) => wanted.includes(value));
  });
}

export const matching = (all: Recommendation[], query: URLSearchParams) =>
  all.filter((of) => matches(of, query));

function facets(all: Recommendation[], query: URLSearchParams) {
  const counted = Object.entries(valuesOf).map(([field, values]) => {
    const counts = new Map<string, number>();
    for (const of of all) for (const value of values(of)) counts.set(value, counts.get(value) ?? 0);
    for (const of of all) {
      if (matches(of, query, field))
        for (const value of values(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [field, [...counts].map(([value, count]) => ({ value, count }))];
  });
  return Object.fromEntries(counted) as Record<string, { value: string; count: number }[]>;
}

function list(ask: Ask): Answer {
  const all = heldBy(ask);
  const found = matching(all, ask.query);
  return {
    json: {
      total: found.length,
      all: all.length,
      page: page(ask.query),
      pages: Math.ceil(found.length / 20),
      facets: facets(all, ask.query),
      recommendations: slice(ask.query.get('sort') === 'newest' ? [...found].reverse() : found, ask.query),
    },
  };
}

const demoAccounts = [
  { email: 'coordinator@demo.invalid', name: 'Amara Quill', roles: ['coordinator'] },
  { email: 'cso@demo.invalid', name: 'Jonas Kell', roles: ['contributor'] },
];
const coordinator: Permission[] = [
  'imports.read',
  'imports.write',
  'recommendations.internal.read',
  'recommendations.internal.write',
  'developments.write',
  'developments.review',
  'assessments.write',
  'assessments.answer',
  'roadmaps.drafts.read',
  'roadmaps.write',
  'roadmaps.adopt',
  'consultations.read',
  'consultations.write',
  'submissions.write',
  'rounds.read',
  'rounds.write',
  'rounds.release',
  'directory.read',
];
const administrator: Permission[] = [...coordinator, 'directory.write', 'audit.read', 'operations'];

function session({ situation }: Ask): Answer {
  const empty = situation.mode === 'empty' && !demoLoaded;
  const member = {
    id: '0199c000-1111-7000-8000-000000000001',
    name: situation.as === 'administrator' ? 'Ilse Marrow' : 'Amara Quill',
    organisation: 'National mechanism for follow-up',
    roles: [situation.as],
    states: ['XTM'],
    permissions: situation.as === 'administrator' ? administrator : coordinator,
  };
  return {
    json: {
      member: situation.as === 'nobody' ? null : member,
      csrfToken: 'fixture',
      instance: { empty, demo: !empty, needsSetup: empty, mailbox: true, name: 'Followthrough' },
    },
  };
}

function tally(all: Recommendation[]): Partial<Record<Position, number>> {
  const positions: Partial<Record<Position, number>> = {};
  for (const { position } of all) positions[position] = (positions[position] ?? 0) + 1;
  return positions;
}

function from(ask: Ask, state: string): Answer {
  const all = heldBy(ask).filter((of) => of.recommendingStates.includes(state));
  const since = ask.query.get('since');
  const changed = all.slice(0, 3).map((recommendation, index) => ({
    recommendation,
    at: `2026-11-1${index}T10:24:00Z`,
    what: (['revised', 'recorded', 'withdrawn'] as const)[index],
    fields: ['position'],
    previousPosition: 'pending',
  }));
  const positions = tally(all);
  return {
    json: {
      state,
      total: all.length,
      byState: all.length ? [{ state: 'XTM', total: all.length, positions }] : [],
      byCycle: all.length ? [{ cycle: 4, total: all.length, positions }] : [],
      changed: since && since <= '2026-11-12' ? changed : [],
      recommendations: slice(all, ask.query),
      page: page(ask.query),
      pages: Math.ceil(all.length / 20),
    },
  };
}

export function portalAnswer(ask: Ask): Answer {
  const [first, second] = ask.path.split('/');
  if (first === 'session') return session(ask);
  if (ask.situation.mode === 'failing') {
    return problem(
      503,
      'database-away',
      'The database does not answer.',
      'It is tried again every few seconds.',
    );
  }
  switch (first) {
    case 'recommendations':
      return second ? saidAnswer(ask, second) : list(ask);
    case 'states':
      return {
        json: { states: heldBy(ask).length ? [{ state: 'XTM', count: held.length, cycles: [4] }] : [] },
      };
    case 'from':
      return from(ask, second ?? '');
    case 'demo':
      demoLoaded = ask.method === 'POST';
      return { json: { password: 'tamaria-example-words', accounts: demoAccounts } };
    default:
      return directoryAnswer(ask);
  }
}
