import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import {
  cloudEvent,
  keptAs,
  stateEvent,
  type CloudEvent,
  type FeedEvent,
} from '../../domain/feed/cloud-event';
import type { FeedType } from '../../domain/feed/feed-types';
import { writeCursor, type Cursor } from '../../domain/feed/cursor';
import type { Reach } from './feed-reach';

export interface Wanted {
  types: readonly FeedType[];
  reach: Reach;
  /** Events at most. */
  limit: number;
}

export interface FeedPage {
  events: CloudEvent[];
  /** Where to read on; it passes over what the reader may not see. */
  next: Cursor;
}

const COLUMNS = `position, event_id as "eventId", type, aggregate_id as "aggregateId", generation, version,
  state_under_review as "stateUnderReview", visibility, occurred_at as "occurredAt", snapshot, data`;

/**
 * Reads the feed. Up to the end that it sees first no position can be missing: positions are committed in order.
 */
@Injectable()
export class FeedReader {
  constructor(private readonly database: Database) {}

  /** @param after null, or no cursor of this feed: the current state first */
  async read(after: Cursor | null, wanted: Wanted): Promise<FeedPage> {
    const [stream] = await this.database.query<{ epoch: string; last: number }>(
      'select epoch, last from feed.stream',
    );
    const { epoch, last } = stream!;
    // Beyond the end stands who has read a future that this database was set back from.
    const known = after?.epoch === epoch && after.position <= last;
    const from = known ? after : { epoch, position: 0, upTo: last };
    if (from.upTo === undefined) return this.changes(from, last, wanted);
    const { upTo } = from;
    const rows = await this.rows('current', from.position, upTo, { ...wanted, types: keptAs(wanted.types) });
    if (rows.length === 0) return this.changes({ epoch, position: upTo }, last, wanted);
    const at = (position: number): Cursor => ({ epoch, position, upTo });
    return {
      events: rows.map((row) => stateEvent(row, writeCursor(at(row.position)))),
      next: rows.length < wanted.limit ? { epoch, position: upTo } : at(rows.at(-1)!.position),
    };
  }

  private async changes({ epoch, position }: Cursor, last: number, wanted: Wanted): Promise<FeedPage> {
    const rows = await this.rows('true', position, last, wanted);
    const full = rows.length === wanted.limit;
    return {
      events: rows.map((row) => cloudEvent(row, writeCursor({ epoch, position: row.position }))),
      next: { epoch, position: full ? rows.at(-1)!.position : last },
    };
  }

  private rows(
    which: 'current' | 'true',
    after: number,
    upTo: number,
    { types, reach, limit }: Wanted,
  ): Promise<FeedEvent[]> {
    return this.database.query<FeedEvent>(
      `select ${COLUMNS} from feed.event
       where ${which} and position > $1 and position <= $2 and type = any($3)
         and (visibility = 'public' or type = any($4) or type || ' ' || state_under_review = any($5))
       order by position limit $6`,
      [after, upTo, types, reach.everywhere, reach.inStates, limit],
    );
  }
}
