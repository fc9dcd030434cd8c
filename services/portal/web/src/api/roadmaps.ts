import { api } from './client';

export type Standing = 'on-time' | 'at-risk' | 'overdue' | 'done' | 'dropped' | 'not-agreed';

export interface RoadmapHead {
  roadmapId: string;
  version: number;
  stateUnderReview: string;
  state: 'draft' | 'adopted' | 'revision-draft' | 'closed' | 'abandoned';
  adoptedVersion: number;
  title: string;
  fromYear: number;
  toYear: number;
}

export interface Measure {
  /** exact decimal, null where unknown */
  value: string | null;
  on: string | null;
}

export interface Action {
  actionId: string;
  number: string;
  title: string;
  leadInstitution: string;
  supportingInstitutions: string[];
  dueOn: string | null;
  recommendationIds: string[];
  indicators: { indicatorId: string; title: string; unit: string; baseline: Measure; target: Measure }[];
  standing: Standing;
  values: Record<string, { value: string | null; observedOn: string }[]>;
}

export type GapKind =
  | 'lead-missing'
  | 'date-missing'
  | 'indicator-missing'
  | 'indicator-incomplete'
  | 'coverage-missing'
  | 'cost-unknown'
  | 'reference-open'
  | 'recommendation-not-covered';

export interface Gap {
  kind: GapKind;
  actionId?: string;
  number?: string;
  title?: string;
  about?: string;
  recommendationId?: string;
}

export interface PlanView {
  roadmap: RoadmapHead;
  number: number | null;
  adoptedOn: string | null;
  actions: Action[];
  gaps: Gap[];
  need: {
    years: { year: number; currency: string; amount: string; actions: number; unknown: number }[];
    withoutEstimate: number;
  };
  recommendations: { recommendationId: string; symbol: string; paragraph: string; text: string }[];
}

export const roadmaps = {
  list: () => api.get<{ roadmaps: RoadmapHead[] }>('consultations/v1/roadmaps'),
  plan: (id: string) => api.get<PlanView>(`consultations/v1/roadmaps/${id}`),
  step: (id: string, version: number, step: string) =>
    api.post<PlanView>(`consultations/v1/roadmaps/${id}/steps`, { version, step }),
};

export const workbookAddress = (id: string) => `/api/consultations/v1/roadmaps/${id}/workbook`;
