import type { RecommendationFilter } from '@followthrough/contracts';
import { Injectable } from '@nestjs/common';
import { FilterIndex, type Follower } from '../domain/filter-index';
import type { Cadence, Channel } from '../domain/notice';
import type { Reader } from './reader';

export interface ActiveSubscription extends Follower {
  recipientId: string;
  cadence: Cadence;
  channels: Channel[];
}

interface Row {
  id: string;
  recipient_id: string;
  filter: RecommendationFilter;
  filter_key: string;
  cadence: Cadence;
  channels: Channel[];
  state: string;
  revision: number;
}

const PAGE = 20_000;

/**
 * All active subscriptions, in memory, by what they match. The table is the truth: every batch of events first
 * reads what has changed above the last revision seen. Revisions are given under one lock, so none is missed.
 */
@Injectable()
export class SubscriptionIndex extends FilterIndex<ActiveSubscription> {
  private lastRevision = 0;

  /** Brings the mirror up to what is committed. The first call reads everything. */
  async catchUp(reader: Reader): Promise<void> {
    const started = this.lastRevision > 0;
    for (;;) {
      const rows = (await reader.query(
        `select id, recipient_id, filter, filter_key, cadence, channels, state, revision from subscription
         where revision > $1 and ($2 or state = 'active') order by revision limit ${PAGE}`,
        [this.lastRevision, started],
      )) as Row[];
      for (const row of rows) this.take(row);
      if (rows.length < PAGE) return;
    }
  }

  private take(row: Row): void {
    this.lastRevision = Math.max(this.lastRevision, Number(row.revision));
    if (row.state !== 'active') {
      this.remove(row.id);
      return;
    }
    const { id, filter, cadence, channels } = row;
    this.put({ id, filter, filterKey: row.filter_key, recipientId: row.recipient_id, cadence, channels });
  }
}
