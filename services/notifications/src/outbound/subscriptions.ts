import { filterToQuery, type RecommendationFilter } from '@followthrough/contracts';
import { lockInTransaction, type Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import type { Cadence, Channel } from '../domain/notice';

export interface Subscription {
  id: string;
  filter: RecommendationFilter;
  cadence: Cadence;
  channels: Channel[];
  state: 'active' | 'paused' | 'ended';
  createdAt: Date;
}

export interface NewSubscription {
  recipientId: string;
  filter: RecommendationFilter;
  cadence: Cadence;
  channels: Channel[];
}

const FIELDS = `id, filter, cadence, channels, state, created_at as "createdAt"`;

/** Writes of subscriptions. Each takes the lock under which revisions are given, see `SubscriptionIndex`. */
@Injectable()
export class Subscriptions {
  constructor(private readonly clock: Clock) {}

  /** Starts one, or gives back the active one of the same recipient with the same filter, changed to fit. */
  async start(tx: Transaction, wanted: NewSubscription): Promise<Subscription> {
    const filterKey = filterToQuery(wanted.filter);
    await this.lock(tx);
    const [same] = await tx.query<Subscription[]>(
      `update subscription set cadence = $3, channels = $4, state = 'active', version = version + 1,
              revision = nextval('subscription_revision')
       where recipient_id = $1 and filter_key = $2 and state <> 'ended' returning ${FIELDS}`,
      [wanted.recipientId, filterKey, wanted.cadence, wanted.channels],
    );
    if (same) return same;
    const id = uuidv4();
    const [started] = await tx.query<[Subscription]>(
      `insert into subscription (id, recipient_id, filter, filter_key, cadence, channels, state, version, revision,
                                 created_at)
       values ($1, $2, $3, $4, $5, $6, 'active', 1, nextval('subscription_revision'), $7) returning ${FIELDS}`,
      [
        id,
        wanted.recipientId,
        JSON.stringify(wanted.filter),
        filterKey,
        wanted.cadence,
        wanted.channels,
        this.clock.now(),
      ],
    );
    await publish(tx, {
      type: 'notifications.v1.SubscriptionStarted',
      aggregateId: id,
      version: 1,
      stateUnderReview: null,
      visibility: 'internal',
      data: { subscriptionId: id, recipientId: wanted.recipientId, filter: filterMessage(wanted.filter) },
    });
    return started;
  }

  /** @returns null where the recipient has no such subscription that has not ended */
  async change(
    tx: Transaction,
    recipientId: string,
    id: string,
    to: {
      filter?: RecommendationFilter;
      cadence?: Cadence;
      channels?: Channel[];
      state?: 'active' | 'paused';
    },
  ): Promise<Subscription | null> {
    await this.lock(tx);
    const [changed] = await tx.query<Subscription[]>(
      `update subscription set filter = coalesce($3, filter), filter_key = coalesce($4, filter_key),
              cadence = coalesce($5, cadence), channels = coalesce($6, channels), state = coalesce($7, state),
              version = version + 1, revision = nextval('subscription_revision')
       where id = $1 and recipient_id = $2 and state <> 'ended' returning ${FIELDS}`,
      [
        id,
        recipientId,
        to.filter ? JSON.stringify(to.filter) : null,
        to.filter ? filterToQuery(to.filter) : null,
        to.cadence ?? null,
        to.channels ?? null,
        to.state ?? null,
      ],
    );
    return changed ?? null;
  }

  /** Ends subscriptions of a recipient: one, or all. @returns ids of those that had not ended before */
  async end(tx: Transaction, recipientId: string, id: string | null = null): Promise<string[]> {
    await this.lock(tx);
    const ended = await tx.query<{ id: string; version: number }[]>(
      `update subscription set state = 'ended', ended_at = $3, version = version + 1,
              revision = nextval('subscription_revision')
       where recipient_id = $1 and ($2::uuid is null or id = $2) and state <> 'ended' returning id, version`,
      [recipientId, id, this.clock.now()],
    );
    await publish(
      tx,
      ...ended.map((one) => ({
        type: 'notifications.v1.SubscriptionEnded' as const,
        aggregateId: one.id,
        version: one.version,
        stateUnderReview: null,
        visibility: 'internal' as const,
        data: { subscriptionId: one.id, recipientId },
      })),
    );
    return ended.map((one) => one.id);
  }

  /** Takes mail out of all of a recipient's subscriptions; those that were by mail only end. */
  async stopMail(tx: Transaction, recipientId: string): Promise<void> {
    await this.lock(tx);
    await tx.query(
      `update subscription set channels = array_remove(channels, 'email'), version = version + 1,
              revision = nextval('subscription_revision')
       where recipient_id = $1 and state <> 'ended' and 'email' = any(channels) and cardinality(channels) > 1`,
      [recipientId],
    );
    const mailOnly = await tx.query<{ id: string }[]>(
      `select id from subscription where recipient_id = $1 and state <> 'ended' and channels = '{email}'`,
      [recipientId],
    );
    for (const { id } of mailOnly) await this.end(tx, recipientId, id);
  }

  async list(database: Database, recipientId: string): Promise<Subscription[]> {
    return database.query<Subscription>(
      `select ${FIELDS} from subscription where recipient_id = $1 and state <> 'ended' order by created_at, id`,
      [recipientId],
    );
  }

  private lock(tx: Transaction): Promise<void> {
    return lockInTransaction(tx, 'notifications:subscription-revision');
  }
}

function filterMessage(filter: RecommendationFilter) {
  return {
    stateUnderReview: filter.stateUnderReview ?? [],
    recommendingState: filter.recommendingState ?? [],
    position: filter.position ?? [],
    theme: filter.theme ?? [],
    group: filter.group ?? [],
    sdg: filter.sdg ?? [],
    mechanism: filter.mechanism ?? [],
    cycle: filter.cycle ?? [],
    session: filter.session ?? [],
    actionCategory: filter.actionCategory ?? [],
    kind: filter.kind ?? [],
    q: filter.q ?? '',
  };
}
