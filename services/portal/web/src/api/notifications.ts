import { api } from './client';

export type Cadence = 'immediate' | 'daily' | 'weekly';
export type Channel = 'inbox' | 'email';

export interface Me {
  locale: string;
  timeZone: string;
  /** In use; `suspended` where its mail server has refused it for good. */
  address: { value: string; state: 'verified' | 'suspended' } | null;
  /** Entered, and not yet shown to be the person's. */
  pendingAddress: string | null;
  cadence: Cadence;
}

export interface Subscription {
  id: string;
  filter: Record<string, unknown>;
  cadence: Cadence;
  channels: Channel[];
  state: 'active' | 'paused';
}

export interface SubscriptionPreview {
  /** Recommendations held now that match. */
  matching: number;
  /** How many a week it would have brought lately. */
  perWeek: number;
  examples: { recommendationId: string; paragraph: string; text: string; language: string }[];
}

export interface Notice {
  id: string;
  kind: 'recorded' | 'revised' | 'withdrawn' | 'correction' | 'development' | 'assessment';
  /** What has happened or what is said, where that is what is told. */
  voice?: { text: string; language: string; organisationName: string } | null;
  /** Null for a correction, which is about a whole import. */
  recommendationId: string | null;
  /** How many notices a correction takes back. */
  corrected?: number;
  stateUnderReview: string;
  paragraph: string | null;
  text: string | null;
  language: string | null;
  position: string | null;
  /** Position before, where it changed. */
  previousPosition?: string;
  changedFields?: string[];
  occurredAt: string;
  readAt: string | null;
}

export interface MailSummary {
  id: string;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
}
export interface Mail extends MailSummary {
  headers: { name: string; value: string }[];
  text: string;
}

const root = 'notifications/v1';

export const notifications = {
  me: () => api.get<Me>(`${root}/me`),
  changeMe: (change: { locale?: string; timeZone?: string; address?: string; cadence?: Cadence }) =>
    api.put<Me>(`${root}/me`, change),
  verifyAddress: (token: string) => api.post<void>(`${root}/me/address/verify`, { token }),
  subscriptions: () => api.get<{ subscriptions: Subscription[] }>(`${root}/subscriptions`),
  subscribe: (wish: { filter: Record<string, unknown>; cadence: Cadence; channels: Channel[] }) =>
    api.post<Subscription>(`${root}/subscriptions`, wish),
  changeSubscription: (id: string, change: Partial<Subscription>) =>
    api.patch<Subscription>(`${root}/subscriptions/${id}`, change),
  unsubscribe: (id: string) => api.remove<void>(`${root}/subscriptions/${id}`),
  preview: (filter: Record<string, unknown>) =>
    api.post<SubscriptionPreview>(`${root}/subscriptions/preview`, { filter }),
  follow: (wish: { email: string; filter: Record<string, unknown>; locale: string; timeZone: string }) =>
    api.post<void>(`${root}/follow`, wish),
  confirmFollow: (token: string) => api.post<void>(`${root}/follow/confirm`, { token }),
  inbox: (page: number) =>
    api.get<{ unread: number; total: number; notices: Notice[] }>(`${root}/inbox`, { page }),
  read: (id: string) => api.post<void>(`${root}/inbox/${id}/read`),
  readAll: () => api.post<void>(`${root}/inbox/read-all`),
  mailbox: (page: number) => api.get<{ total: number; messages: MailSummary[] }>(`${root}/mailbox`, { page }),
  mail: (id: string) => api.get<Mail>(`${root}/mailbox/${id}`),
};
