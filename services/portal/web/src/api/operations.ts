import { api, Trouble } from './client';

export const services = ['recommendations', 'consultations', 'funding', 'notifications', 'portal'] as const;
export type Service = (typeof services)[number];

export interface Subscription {
  subscription: string;
  topics: string[];
  /** Topics whose events it may be given again. */
  replayable: string[];
  /** Topics of which it keeps a copy that a snapshot brings in line. */
  copies: string[];
  /** Null where the transport does not answer. */
  lag: number | null;
  deferred: number;
  parked: number;
}

/** The last snapshot that a subscription has begun to take. */
export interface SnapshotTaken {
  subscription: string;
  topic: string;
  id: string;
  total: number;
  taken: number;
  doneAt: string | null;
}

/** Where the events of a service are. */
export interface Standing {
  outbox: { events: number; oldestSeconds: number };
  subscriptions: Subscription[];
  snapshots: { taken: SnapshotTaken[] };
  jobs: { queue: string; states: Record<string, number> | null }[];
}

/** An event that a handler could not handle and that waits for a person. */
export interface Parked {
  id: string;
  subscription: string;
  topic: string;
  partition: number;
  offset: number;
  key: string;
  type: string | null;
  /** In English, from the program. */
  error: string;
  attempts: number;
  parkedAt: string;
}

/** What became of mails in the last `days`; `waiting` and `late` are of any age. */
export interface Deliveries {
  days: number;
  accepted: number;
  failed: number;
  dead: number;
  waiting: number;
  late: number;
  answers: { outcome: string; code: string; attempts: number }[];
}

export type ReplayFrom = { time: string } | { aggregate: string } | { partition: number; offset: number };

interface Replayed {
  handled: number;
  refused: number;
  failed: unknown[];
  rest: object[];
}

const root = (service: Service) => `${service}/v1/operations`;

/** What an administrator sees and does of events; every service answers for itself. */
export const operations = {
  standing: (service: Service) => api.get<Standing>(`${root(service)}/events`),
  async ready(service: Service): Promise<boolean> {
    try {
      await api.get(`${service}/v1/ready`);
      return true;
    } catch (error) {
      if (error instanceof Trouble && error.kind === 'unavailable') return false;
      throw error;
    }
  },
  parked: (service: Service, cursor: string | undefined) =>
    api.get<{ parked: Parked[]; next: string | null }>(`${root(service)}/parked`, { cursor }),
  retry: (service: Service, ids: string[]) => api.post<void>(`${root(service)}/parked/retry`, { ids }),
  skip: (service: Service, ids: string[], reason: string) =>
    api.post<void>(`${root(service)}/parked/skip`, { ids, reason }),
  /** The whole of it, a request after another. */
  async replay(service: Service, subscription: string, from: ReplayFrom, topic?: string) {
    const total = { handled: 0, failed: 0 };
    for (let body: object = { subscription, topic, from }; ;) {
      const part = await api.post<Replayed>(`${root(service)}/replay`, body);
      total.handled += part.handled;
      total.failed += part.failed.length;
      if (part.rest.length === 0) return total;
      body = { subscription, rest: part.rest };
    }
  },
  snapshot: (owner: string, recipient: Service) =>
    api.post<{ id: string }>(`${owner}/v1/operations/snapshots`, { for: recipient }),
  deliveries: () => api.get<Deliveries>('notifications/v1/operations/deliveries'),
};
