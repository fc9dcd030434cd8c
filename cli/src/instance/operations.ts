import type { ServiceName } from '@followthrough/service-kit';
import type { Instance } from './instance';

/** Every service, in the order in which events travel. */
export const SERVICES = [
  'recommendations',
  'consultations',
  'funding',
  'notifications',
  'portal',
] as const satisfies readonly ServiceName[];

export interface SubscriptionStanding {
  subscription: string;
  topics: string[];
  replayable: string[];
  /** Null where the transport does not answer. */
  lag: number | null;
  partitions: { topic: string; partition: number; next: number; end: number; lag: number }[];
  deferred: number;
  parked: number;
  /** Topics of which it keeps a copy that a snapshot brings in line. */
  copies: string[];
}

/** A snapshot as its owner tells it. */
export interface SnapshotTold {
  id: string;
  recipient: string | null;
  askedAt: string;
  total: number | null;
  told: number;
  doneAt: string | null;
}

/** The last snapshot that a subscription has begun to take. */
export interface SnapshotTaken {
  subscription: string;
  topic: string;
  id: string;
  total: number;
  taken: number;
  gone: number;
  doneAt: string | null;
}

/** Where the events of a service are. */
export interface EventsStanding {
  outbox: { events: number; oldestSeconds: number };
  subscriptions: SubscriptionStanding[];
  snapshots: { told: SnapshotTold[]; taken: SnapshotTaken[] };
  jobs: { queue: string; states: Record<string, number> | null }[];
}

export interface ParkedEvent {
  id: string;
  subscription: string;
  topic: string;
  partition: number;
  offset: number;
  key: string;
  type: string | null;
  error: string;
  attempts: number;
  parkedAt: string;
}

/** Which parked events: by their ids, or all of a subscription, or those of one key in it. */
export interface Chosen {
  ids?: string[];
  subscription?: string;
  key?: string;
}

export type ReplayFrom =
  { time: string } | { partition: number; offset: number; to?: number } | { aggregate: string };

export interface Replayed {
  handled: number;
  refused: number;
  failed: { topic: string; partition: number; offset: number; reason: string }[];
  rest: object[];
}

interface Decided {
  events: number;
  notParked: string[];
  more: boolean;
}

/** What an operator sees and does of the events of a running instance. */
export class Operations {
  constructor(private readonly instance: Instance) {}

  standing(service: string): Promise<EventsStanding> {
    return this.instance.get(pathOf(service, 'events'));
  }

  /** At most so many parked events of a service, newest first, and whether there are more. */
  async parked(
    service: string,
    subscription: string | undefined,
    limit: number,
  ): Promise<{ parked: ParkedEvent[]; more: boolean }> {
    const parked: ParkedEvent[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.instance.get<{ parked: ParkedEvent[]; next: string | null }>(
        pathOf(service, 'parked'),
        { subscription, cursor },
      );
      parked.push(...page.parked);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && parked.length < limit);
    return { parked: parked.slice(0, limit), more: cursor !== undefined || parked.length > limit };
  }

  /** Decides about all that is chosen, however much that is. */
  async decide(
    service: string,
    what: 'retry' | 'skip',
    chosen: Chosen & { reason?: string },
  ): Promise<Omit<Decided, 'more'>> {
    let events = 0;
    for (;;) {
      const decided = await this.instance.post<Decided>(pathOf(service, `parked/${what}`), chosen);
      events += decided.events;
      if (!decided.more) return { events, notParked: decided.notParked };
    }
  }

  /** @returns the id of the snapshot, of one that is under way already where there is one */
  async askSnapshot(owner: string, recipient: string | undefined): Promise<string> {
    const body = { for: recipient };
    return (await this.instance.post<{ id: string }>(pathOf(owner, 'snapshots'), body)).id;
  }

  /** Replays to the end, a request after another; `onProgress` is told how many events were handled so far. */
  async replay(
    service: string,
    asked: { subscription: string; topic?: string; from: ReplayFrom },
    onProgress: (handled: number) => void,
  ): Promise<Omit<Replayed, 'rest'>> {
    const { subscription } = asked;
    const total: Omit<Replayed, 'rest'> = { handled: 0, refused: 0, failed: [] };
    let body: object = asked;
    for (;;) {
      const { rest, ...part } = await this.instance.post<Replayed>(pathOf(service, 'replay'), body);
      total.handled += part.handled;
      total.refused += part.refused;
      total.failed.push(...part.failed);
      onProgress(total.handled);
      if (rest.length === 0) return total;
      body = { subscription, rest };
    }
  }
}

const pathOf = (service: string, what: string): string => `/api/${service}/v1/operations/${what}`;
