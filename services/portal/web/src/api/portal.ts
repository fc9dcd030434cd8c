import { api, showCsrfToken, type Query } from './client';

export type Position = 'supported' | 'noted' | 'partly' | 'pending' | 'unclear' | '';
export type Permission =
  | 'imports.read'
  | 'imports.write'
  | 'recommendations.internal.read'
  | 'recommendations.internal.write'
  | 'developments.write'
  | 'developments.review'
  | 'assessments.write'
  | 'assessments.answer'
  | 'roadmaps.drafts.read'
  | 'roadmaps.write'
  | 'roadmaps.adopt'
  | 'consultations.read'
  | 'consultations.write'
  | 'submissions.write'
  | 'rounds.read'
  | 'rounds.write'
  | 'rounds.release'
  | 'directory.read'
  | 'directory.write'
  | 'audit.read'
  | 'operations';

export interface Session {
  member: {
    id: string;
    name: string;
    organisation: string;
    roles: string[];
    states: string[];
    permissions: Permission[];
  } | null;
  csrfToken: string;
  instance: { empty: boolean; demo: boolean; needsSetup: boolean; mailbox: boolean; name: string };
}

/** What is public of a recommendation. */
export interface Recommendation {
  id: string;
  kind: 'recommendation' | 'pledge';
  mechanism: string;
  /** alpha-3, or empty */
  stateUnderReview: string;
  /** 0 where there is none */
  cycle: number;
  session: number;
  symbol: string;
  paragraph: string;
  text: string;
  /** BCP 47, or empty */
  language: string;
  recommendingStates: string[];
  position: Position;
  /** 1 to 5 as UPR Info counts them, 0 where not given */
  actionCategory: number;
  themes: string[];
  groups: string[];
  sdgs: string[];
  reviewDate: string;
  demo: boolean;
  sources: string[];
}

export interface FacetValue {
  value: string;
  count: number;
}

export interface RecommendationPage {
  total: number;
  all: number;
  page: number;
  pages: number;
  facets: Record<string, FacetValue[]>;
  recommendations: Recommendation[];
}

export interface StateUnderReview {
  state: string;
  count: number;
  cycles: number[];
}

/** What one recommending State asked, and what changed since a date. */
export interface FromState {
  state: string;
  total: number;
  byState: { state: string; total: number; positions: Partial<Record<Position, number>> }[];
  byCycle: { cycle: number; total: number; positions: Partial<Record<Position, number>> }[];
  changed: (Change & { recommendation: Recommendation })[];
  recommendations: Recommendation[];
  page: number;
  pages: number;
}

/** The answer to loading the demonstration data. */
export interface LoadedDemo {
  /** Null where only an operator may read it. */
  password: string | null;
  accounts: { email: string; name: string; roles: string[] }[];
}

/** What happened to a recommendation, newest first. */
export interface Change {
  at: string;
  what: 'recorded' | 'revised' | 'withdrawn';
  fields: string[];
  previousPosition: string;
}

const root = 'portal/v1';

export const portal = {
  session: async (): Promise<Session> => {
    const session = await api.get<Session>(`${root}/session`);
    showCsrfToken(session.csrfToken);
    return session;
  },
  recommendations: (query: Query, signal?: AbortSignal) =>
    api.get<RecommendationPage>(`${root}/recommendations`, query, signal),
  one: (id: string) =>
    api.get<Recommendation & { withdrawn: boolean; changes: Change[] }>(`${root}/recommendations/${id}`),
  states: () => api.get<{ states: StateUnderReview[] }>(`${root}/states`),
  from: (state: string, query: Query) => api.get<FromState>(`${root}/from/${state}`, query),
  loadDemo: () => api.post<LoadedDemo>(`${root}/demo`),
  removeDemo: () => api.remove<void>(`${root}/demo`),
};
