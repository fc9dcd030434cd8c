import { api } from './client';

export type ConsultationState =
  | 'draft'
  | 'scheduled'
  | 'open'
  | 'paused'
  | 'closed'
  | 'outcome-draft'
  | 'outcome-published'
  | 'archived'
  | 'cancelled';
export type Audience = 'facilitator' | 'participants' | 'public';
export const outcomes = ['adopted', 'in-part', 'noted', 'not-adopted', 'out-of-scope'] as const;
export type Outcome = (typeof outcomes)[number];

export interface ConsultationHead {
  consultationId: string;
  version: number;
  stateUnderReview: string;
  state: ConsultationState;
  title: string;
  purpose: string;
  facilitator: string;
  /** instants, ISO 8601 in UTC */
  opensAt: string;
  closesAt: string;
  timeZone: string;
  submissionsVisibleTo: Audience;
}

export interface RecommendationLine {
  recommendationId: string;
  symbol: string;
  paragraph: string;
  text: string;
}

export interface OneConsultation {
  consultation: ConsultationHead;
  recommendations: RecommendationLine[];
  classesInvited: string[];
  /** one of the reader's organisations may hand in */
  invited: boolean;
  outcome: { sectionId: string; class: string; targetId: string; outcome: Outcome; reason: string }[] | null;
}

export interface DeskSection {
  sectionId: string;
  class: string;
  organisation: string;
  body: string;
  targetId: string;
  outcome: Outcome | null;
  reason: string | null;
  dispositionVersion: number;
  actionIds: string[];
}

export interface NewConsultation {
  stateUnderReview: string;
  title: string;
  purpose: string;
  facilitator: string;
  filter: Record<string, unknown>;
  /** local to the zone, `2026-03-01T23:59` */
  opensAt: string;
  closesAt: string;
  timeZone: string;
  submissionsVisibleTo: Audience;
}

export interface Section {
  targetType: 'recommendation' | 'consultation';
  targetId: string;
  body: string;
}

const at = 'consultations/v1';
export const consultations = {
  list: () => api.get<{ consultations: ConsultationHead[] }>(`${at}/consultations`),
  one: (id: string) => api.get<OneConsultation>(`${at}/consultations/${id}`),
  convene: (wanted: NewConsultation) => api.post<{ consultationId: string }>(`${at}/consultations`, wanted),
  step: (id: string, version: number, step: string, reason: string) =>
    api.post<OneConsultation>(`${at}/consultations/${id}/steps`, { version, step, reason }),
  desk: (id: string) => api.get<{ sections: DeskSection[] }>(`${at}/consultations/${id}/desk`),
  dispose: (section: DeskSection, outcome: Outcome, reason: string) =>
    api.put<undefined>(`${at}/sections/${section.sectionId}/disposition`, {
      version: section.dispositionVersion,
      outcome,
      reason,
      actionIds: section.actionIds,
    }),
  handIn: async (id: string, language: string, sections: Section[]) => {
    const begun = await api.post<{ submissionId: string }>(`${at}/consultations/${id}/submissions`, {
      language,
      sections,
    });
    await api.post(`${at}/submissions/${begun.submissionId}/steps`, { version: 1, step: 'submit' });
    return begun;
  },
};
