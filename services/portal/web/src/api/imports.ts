import { api } from './client';
import { upload } from './upload';
import type { Position } from './portal';
import type { At } from './recommendations';

export type ImportState =
  | 'parsing'
  | 'needs-mapping'
  | 'ready'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed'
  | 'discarded';

/** The fields that a column of a table can fill. */
export const mappedFields = [
  'text',
  'paragraph',
  'recommendingStates',
  'position',
  'stateUnderReview',
  'mechanism',
  'cycle',
  'session',
  'symbol',
  'themes',
  'groups',
  'sdgs',
  'date',
  'language',
  'kind',
  'actionCategory',
  'externalId',
  'leadInstitution',
  'supportingInstitutions',
  'deadline',
  'status',
  'note',
] as const;
export type MappedField = (typeof mappedFields)[number];

/** How a table is read: field to heading, per field the file's words to ours, and what holds for every row. */
export interface Mapping {
  columns: Partial<Record<MappedField, string | string[]>>;
  values?: Partial<Record<MappedField, Record<string, string>>>;
  constants?: Partial<Record<MappedField, string>>;
}

export interface Import {
  id: string;
  fileName: string;
  bytes: number;
  format: string | null;
  state: ImportState;
  document: {
    stateUnderReview: string | null;
    cycle: number | null;
    session: number | null;
    symbol: string | null;
    date: string | null;
  } | null;
  progress: { done: number; total: number } | null;
  counts: {
    recommendations: number;
    pledges: number;
    rejected: number;
    byPosition: Record<string, number>;
  } | null;
  preview: {
    new: number;
    changed: number;
    unchanged: number;
    rejected: number;
    openQuestions: number;
  } | null;
  result: { recorded: number; revised: number; unchanged: number; withdrawn: number } | null;
  announce: boolean | null;
  announceDefault: boolean;
  columns?: ColumnPreview[] | null;
  mapping?: Mapping | null;
  /** Fields that neither a column nor the file fills. */
  missing?: string[];
  error: { reason: string; cure: string } | null;
  createdAt: string;
  appliedAt: string | null;
  undoneAt: string | null;
}

/** A column of a table, with what it is taken for. */
export interface ColumnPreview {
  name: string;
  samples: string[];
  guess: MappedField | null;
}

export interface ImportRow {
  at: At;
  paragraph: string;
  text: string;
  language?: string;
  position: Position;
  recommendingStates: string[];
  /** Changed fields with the value held now. */
  before?: Record<string, unknown>;
  recommendationId?: string;
}

export interface Reject {
  at: At;
  reason: string;
  cure: string;
  /** The row's cells by heading. */
  raw: Record<string, string>;
}

export interface OpenQuestion {
  id: string;
  raw: string;
  /** Source records that bear the name. */
  records: number;
  /** alpha-3, likeliest first */
  suggestions: string[];
}

export interface MappingTemplate {
  id: string;
  name: string;
  mapping: Mapping;
}

const root = 'recommendations/v1';

/** The way of a file into the record; kept by the service of recommendations. */
export const imports = {
  upload: (file: File, onProgress: (share: number) => void) =>
    upload<{ uploadId: string }>(`${root}/uploads?name=${encodeURIComponent(file.name)}`, file, onProgress),
  startImport: (uploadId: string, template?: string) =>
    api.post<Import>(`${root}/imports`, { uploadId, ...(template ? { template } : {}) }),
  imports: (page: number) => api.get<{ total: number; imports: Import[] }>(`${root}/imports`, { page }),
  import: (id: string) => api.get<Import>(`${root}/imports/${id}`),
  map: (id: string, mapping: Mapping) => api.put<Import>(`${root}/imports/${id}/mapping`, { mapping }),
  rows: (id: string, kind: 'new' | 'changed' | 'unchanged', page: number) =>
    api.get<{ total: number; rows: ImportRow[] }>(`${root}/imports/${id}/rows`, { kind, page }),
  rejects: (id: string, page: number) =>
    api.get<{ total: number; rejects: Reject[] }>(`${root}/imports/${id}/rejects`, { page }),
  apply: (id: string, announce: boolean) => api.post<Import>(`${root}/imports/${id}/apply`, { announce }),
  undo: (id: string) => api.post<Import>(`${root}/imports/${id}/undo`),
  discard: (id: string) => api.remove<void>(`${root}/imports/${id}`),

  templates: () => api.get<{ templates: MappingTemplate[] }>(`${root}/mapping-templates`),
  saveTemplate: (name: string, mapping: Mapping) =>
    api.post<MappingTemplate>(`${root}/mapping-templates`, { name, mapping }),

  openQuestions: (page: number) =>
    api.get<{ total: number; questions: OpenQuestion[] }>(`${root}/open-questions`, { page }),
  answer: (id: string, stateCode: string | null) =>
    api.post<void>(`${root}/open-questions/${id}/answer`, { stateCode }),
};

/** Where the rejected rows can be fetched as CSV. */
export const rejectsAddress = (id: string) => `/api/${root}/imports/${id}/rejects.csv`;
