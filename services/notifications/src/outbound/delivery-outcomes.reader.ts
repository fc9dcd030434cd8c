import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

const DAYS = 7;
const DAY_MS = 86_400_000;
/** A mail that was due so long ago is held up by something. */
const LATE_MS = 600_000;

export interface DeliveryOutcomes {
  /** Days that are counted. */
  days: number;
  /** Taken by a mail server. */
  accepted: number;
  /** Refused for good. */
  failed: number;
  /** Given up after many attempts. */
  dead: number;
  /** With nothing left to say. */
  void: number;
  /** Not yet done with, of any age. */
  waiting: number;
  /** Of those, due ten minutes ago or more. */
  late: number;
  /** What mail servers answered to attempts that did not succeed, most frequent first. */
  answers: { outcome: string; code: string; attempts: number }[];
}

/** What became of mails, without anything about to whom. */
@Injectable()
export class DeliveryOutcomesReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<DeliveryOutcomes> {
    const now = this.clock.now().getTime();
    const since = new Date(now - DAYS * DAY_MS);
    const [counts] = await this.database.query<Omit<DeliveryOutcomes, 'days' | 'answers'>>(
      `select count(*) filter (where state = 'accepted' and settled_at >= $1)::int as accepted,
              count(*) filter (where state = 'failed' and settled_at >= $1)::int as failed,
              count(*) filter (where state = 'dead' and settled_at >= $1)::int as dead,
              count(*) filter (where state = 'void' and settled_at >= $1)::int as void,
              count(*) filter (where state in ('queued', 'leased'))::int as waiting,
              count(*) filter (where state in ('queued', 'leased') and next_attempt_at < $2)::int as late
       from delivery`,
      [since, new Date(now - LATE_MS)],
    );
    const answers = await this.database.query<DeliveryOutcomes['answers'][number]>(
      `select outcome, code, count(*)::int as attempts from attempt
       where started_at >= $1 and outcome not in ('started', 'accepted')
       group by outcome, code order by attempts desc, outcome, code limit 10`,
      [since],
    );
    return { days: DAYS, ...counts!, answers };
  }
}
