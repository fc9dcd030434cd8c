import { api } from './client';

export const voices = ['state', 'nhri', 'civil-society', 'un'] as const;
export type Voice = (typeof voices)[number];

export const verdicts = [
  'none',
  'limited',
  'substantial',
  'implemented',
  'regressed',
  'not-assessed',
] as const;
export type Verdict = (typeof verdicts)[number];

export const developmentKinds = [
  'bill-stage',
  'law',
  'judgment',
  'policy',
  'budget',
  'practice',
  'support-received',
  'setback',
] as const;
export type DevelopmentKind = (typeof developmentKinds)[number];

interface ThreadStep {
  step: 'recorded' | 'position' | 'consulted' | 'planned' | 'funded' | 'changed';
  state: 'open' | 'skipped' | 'claimed' | 'reached' | 'fell-back';
  /** ISO date, or empty */
  on: string;
  voices: Voice[];
}

/** A public development. */
export interface Development {
  developmentId: string;
  recommendationIds: string[];
  kind: DevelopmentKind;
  happenedOn: string;
  title: string;
  text: string;
  language: string;
  link: string;
  organisationName: string;
}

export interface Evidence {
  title: string;
  url: string;
}

/** A public assessment. */
export interface Assessment {
  assessmentId: string;
  organisationName: string;
  organisationClass: string;
  voice: Voice;
  edition: number;
  verdict: Verdict;
  summary: string;
  language: string;
  method: string;
  evidence: Evidence[];
  assessedOn: string;
  answers: {
    number: number;
    edition: number;
    text: string;
    language: string;
    organisationName: string;
    answeredOn: string;
  }[];
}

export interface Said {
  thread: ThreadStep[];
  developments: Development[];
  assessments: Assessment[];
}

/** A development as its author and its reviewers see it. */
export interface DevelopmentWork {
  id: string;
  version: number;
  state: 'draft' | 'in-review' | 'returned' | 'published' | 'withdrawn';
  kind: DevelopmentKind;
  happenedOn: string;
  title: string;
  text: string;
  language: string;
  link: string;
  reason: string;
}

export type DevelopmentText = Pick<
  DevelopmentWork,
  'kind' | 'happenedOn' | 'title' | 'text' | 'language' | 'link'
>;

export interface Findings {
  verdict: Verdict;
  summary: string;
  language: string;
  method: string;
  evidence: Evidence[];
  assessedOn: string | null;
}

/** An assessment; `work` is there for its own organisation. */
export interface AssessmentWork {
  id: string;
  state: 'draft' | 'published' | 'withdrawn';
  work?: Findings & { version: number };
}

const root = 'recommendations/v1';

export const said = {
  about: (id: string) => api.get<Said>(`portal/v1/recommendations/${id}/voices`),
  developments: async (recommendationId: string) => {
    const { developments } = await api.get<{ developments: DevelopmentWork[] }>(`${root}/developments`, {
      recommendationId,
    });
    return developments;
  },
  write: (recommendationId: string, text: DevelopmentText) =>
    api.post<DevelopmentWork>(`${root}/developments`, {
      ...text,
      recommendationIds: [recommendationId],
      submit: true,
    }),
  step: (
    { id, version }: DevelopmentWork,
    step: 'submit' | 'publish' | 'return' | 'withdraw',
    reason?: string,
  ) => api.post<void>(`${root}/developments/${id}/${step}`, { version, ...(reason && { reason }) }),
  own: async (recommendationId: string) => {
    const { assessments } = await api.get<{ assessments: AssessmentWork[] }>(`${root}/assessments`, {
      recommendationId,
    });
    return assessments.find(({ work }) => work) ?? null;
  },
  assess: (recommendationId: string, findings: Findings) =>
    api.post<AssessmentWork>(`${root}/assessments`, { recommendationId, ...findings }),
  revise: (id: string, version: number, set: Findings) =>
    api.patch<AssessmentWork>(`${root}/assessments/${id}`, { version, set }),
  publish: (id: string, version: number) =>
    api.post<AssessmentWork>(`${root}/assessments/${id}/publish`, { version }),
  answer: (id: string, text: string, language: string, seen: number) =>
    api.post<AssessmentWork>(`${root}/assessments/${id}/answers`, { text, language, seen }),
};
