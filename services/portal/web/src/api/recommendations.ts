import { api, type Query } from './client';
import type { Recommendation } from './portal';

/** Where in a file a value was read: whatever of line, sheet, row, table or paragraph its format has. */
export interface At {
  line?: number;
  sheet?: string;
  row?: number;
  cell?: string;
  table?: number;
  paragraph?: number;
}

/** Internal to those with the right. */
export interface Internal {
  leadInstitution: string;
  supportingInstitutions: string[];
  deadline: string;
  status: string;
  note: string;
}

export interface NamedState {
  raw: string;
  code?: string;
}

export type SaidValue = string | number | NamedState | (string | NamedState)[] | null;

/** One source record: what it says, and the rows of imports that it was read from. */
export interface Source {
  id: number;
  said: Record<string, SaidValue>;
  rows: { importId: string; format: string; fileName?: string; at: At; appliedAt: string }[];
}

/** Where each value is from: ids of sources, or a person's decision. */
export interface Provenance {
  fields: Record<string, number[] | 'decision'>;
  sources: Source[];
  decisions: { field: string; value: SaidValue; decidedAt: string }[];
}

export interface RecommendationDetail extends Recommendation {
  translations: Record<string, { text: string; status: 'original' | 'translated' | 'machine-translated' }>;
  /** Names of recommending States that nobody could resolve yet. */
  unresolvedStates: string[];
  stateUnderReviewRaw: string;
  recordedAt: string;
  revisedAt: string;
  withdrawnAt: string | null;
  internal?: Internal;
  provenance: Provenance;
}

const root = 'recommendations/v1';

export const recommendations = {
  page: (query: Query, signal?: AbortSignal) =>
    api.get<{ total: number; recommendations: (Recommendation & { internal?: Internal })[] }>(
      `${root}/recommendations`,
      query,
      signal,
    ),
  one: (id: string) => api.get<RecommendationDetail>(`${root}/recommendations/${id}`),
  change: (id: string, set: Partial<Internal>) => api.patch<void>(`${root}/recommendations/${id}`, { set }),
  bulkEdit: (filter: Record<string, unknown>, set: Partial<Internal>, expected: number) =>
    api.post<{ changed: number }>(`${root}/recommendations/bulk-edit`, { filter, set, expected }),
};
