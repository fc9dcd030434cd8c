import { api } from './client';
import { upload } from './upload';

export const answerStatuses = ['not-started', 'under-way', 'completed', 'discontinued'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

export const standings = ['released', 'answered', 'returned', 'late', 'at-risk', 'waiting'] as const;
/** How a task stands today; derived by the service from date, state and answers. */
export type Standing = (typeof standings)[number];

export type TaskState = 'asked' | 'viewed' | 'answering' | 'submitted' | 'returned' | 'released';

interface Said {
  status: AnswerStatus;
  text: string;
  links: { url: string; label: string }[];
  unchanged: boolean;
}
export type SavedAnswer = Said & { version: number; savedAt: string };

interface EvidenceFile {
  id: string;
  name: string;
  bytes: number;
}

export interface AskedRecommendation {
  recommendationId: string;
  symbol: string;
  paragraph: string;
  text: string;
  language: string;
  withdrawn: boolean;
  last: (Said & { releasedAt: string }) | null;
  answer: SavedAnswer | null;
  files: EvidenceFile[];
}

/** What one institution is asked, as whoever holds its link sees it. */
export interface OwnTask {
  id: string;
  version: number;
  state: TaskState;
  standing: Standing;
  returnReason: string;
  title: string;
  /** ISO date */
  dueOn: string;
  institution: string;
  /** Only some recommendations were passed on: others hand in. */
  part: boolean;
  recommendations: number;
  answered: number;
}
export type OpenedTask = Omit<OwnTask, 'recommendations'> & {
  recommendations: AskedRecommendation[];
  colleagues: { id: string; address: string; recommendations: number | null }[];
};

export interface SheetOutcome {
  saved: number;
  same: number;
  rejected: { row: number; reason: string }[];
}

const root = 'consultations/v1';
const own = `${root}/asked`;

/** For those who come by a link of a mail: own open tasks, after a one-time code. */
export const asked = {
  sendCode: (link: string) => api.post<void>(`${own}/code`, { link }),
  enter: (link: string, code: string) => api.post<void>(`${own}/session`, { link, code }),
  leave: () => api.remove<void>(`${own}/session`),
  tasks: () => api.get<{ tasks: OwnTask[] }>(`${own}/tasks`),
  task: (id: string) => api.get<OpenedTask>(`${own}/tasks/${id}`),
  viewed: (id: string) => api.post<void>(`${own}/tasks/${id}/view`),
  save: (id: string, recommendation: string, seen: number, said: Omit<Said, 'unchanged'>) =>
    api.put<SavedAnswer>(`${own}/tasks/${id}/answers/${recommendation}`, { seen, ...said }),
  noChange: (id: string, recommendation: string, seen: number) =>
    api.post<SavedAnswer>(`${own}/tasks/${id}/answers/${recommendation}/no-change`, { seen }),
  attach: (id: string, recommendation: string, file: File) =>
    upload<EvidenceFile>(
      `${own}/tasks/${id}/answers/${recommendation}/files?name=${encodeURIComponent(file.name)}`,
      file,
      () => undefined,
    ),
  detach: (id: string, file: string) => api.remove<void>(`${own}/tasks/${id}/files/${file}`),
  fileAddress: (id: string, file: string) => `/api/${own}/tasks/${id}/files/${file}`,
  sheetAddress: (id: string, lang: string) => `/api/${own}/tasks/${id}/answers.xlsx?lang=${lang}`,
  sendSheet: (id: string, file: File) =>
    upload<SheetOutcome>(`${own}/tasks/${id}/answers.xlsx`, file, () => undefined, { method: 'PUT' }),
  passOn: (id: string, address: string, recommendationIds: string[] | null) =>
    api.post<OpenedTask>(`${own}/tasks/${id}/colleagues`, { address, recommendationIds }),
  takeBack: (id: string, access: string) => api.remove<void>(`${own}/tasks/${id}/colleagues/${access}`),
  submit: (id: string, version: number) => api.post<OpenedTask>(`${own}/tasks/${id}/submit`, { version }),
};

export interface Round {
  id: string;
  version: number;
  state: 'draft' | 'open' | 'closed';
  stateUnderReview: string;
  title: string;
  dueOn: string;
}

export interface BoardTask {
  id: string;
  version: number;
  state: TaskState;
  standing: Standing;
  institution: string;
  returnReason: string;
  submittedAt: string | null;
  recommendations: number;
  answered: number;
  /** What became of the first mail. */
  mail: string;
  reminders: number;
}

export interface Board {
  counts: Record<Standing, number>;
  recommendations: number;
  answered: number;
  tasks: BoardTask[];
}

export interface Preview {
  recommendations: number;
  withoutLead: number;
  institutions: { id: string; name: string; hasContact: boolean; recommendations: number }[];
}

/** For those who are signed in. */
export const rounds = {
  list: () => api.get<{ rounds: Round[] }>(`${root}/rounds`),
  find: (id: string) => api.get<Round>(`${root}/rounds/${id}`),
  board: (id: string, standing?: Standing) => api.get<Board>(`${root}/rounds/${id}/board`, { standing }),
  preview: (id: string) => api.get<Preview>(`${root}/rounds/${id}/preview`),
  open: (id: string, version: number, leaveOut: boolean) =>
    api.post<Round>(`${root}/rounds/${id}/open`, { version, leaveOut }),
  close: (id: string, version: number) => api.post<Round>(`${root}/rounds/${id}/close`, { version }),
  prepare: (round: { stateUnderReview: string; title: string; dueOn: string; timeZone: string }) =>
    api.post<Round>(`${root}/rounds`, round),
  task: (id: string) =>
    api.get<{ task: BoardTask & { contents: AskedRecommendation[] } }>(`${root}/round-tasks/${id}`),
  release: (id: string, version: number) => api.post<void>(`${root}/round-tasks/${id}/release`, { version }),
  return: (id: string, version: number, reason: string) =>
    api.post<void>(`${root}/round-tasks/${id}/return`, { version, reason }),
  fileAddress: (id: string, file: string) => `/api/${root}/round-tasks/${id}/files/${file}`,
};
