import { Database } from '@followthrough/database';
import { Clock, LOGGER, type Logger } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { FacetIndex } from '../../domain/reading/facet-index';

const PAGE = 20_000;
/** How old the index may be where another process handles the events; within this one a bell tells. */
const MOST_AGE_MILLISECONDS = 1000;

const COLUMNS = `no, held, kind, mechanism, state_under_review as "stateUnderReview", cycle, session,
  recommending_states as "recommendingStates", position, action_category as "actionCategory", themes, groups, sdgs,
  document_order as "documentOrder", search_configuration as "searchConfiguration",
  case when review_date = '' then to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD') else review_date end as time`;

/**
 * Keeps the index of this process abreast of the table. It reads what was written since it last looked: everything
 * from the horizon of that look on, below which no transaction was open, so that what commits late is not missed.
 */
@Injectable()
export class RecommendationIndex {
  private readonly index = new FacetIndex();
  private readonly configurations = new Set<string>();
  private horizon: string | null = null;
  private rung = true;
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Told that rows of the table changed. */
  ring(): void {
    this.rung = true;
  }

  /** The index as the table is now, or was a moment ago. */
  async current(): Promise<FacetIndex> {
    // A look that began before the bell may not have seen what the bell is about.
    if (this.reading) await this.reading;
    const age = this.clock.now().getTime() - this.readAt;
    if (this.rung || age > MOST_AGE_MILLISECONDS || age < 0) await this.read();
    return this.index;
  }

  async size(): Promise<number> {
    return (await this.current()).size;
  }

  /** Text search configurations that texts have been held in: the others need not be looked into. */
  async searchConfigurations(): Promise<string[]> {
    await this.current();
    return [...this.configurations];
  }

  private read(): Promise<void> {
    this.reading ??= this.readOn().finally(() => (this.reading = null));
    return this.reading;
  }

  private async readOn(): Promise<void> {
    this.rung = false;
    const begun = this.clock.now().getTime();
    try {
      const [now] = await this.database.query(
        'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
      );
      await this.take();
      this.horizon = now!.horizon;
      this.readAt = begun;
    } catch (error) {
      this.rung = true;
      throw error;
    }
    const took = this.clock.now().getTime() - begun;
    if (took > 500) this.log.info({ took, size: this.index.size }, 'Read the index of recommendations');
  }

  /** Rows that a restore brought may bear numbers of transactions that this server has yet to reach. */
  private async take(): Promise<void> {
    for (let last = 0; ;) {
      const rows = await this.database.query(
        `select ${COLUMNS} from view.recommendation
         where no > $1 and ($2::text is null
           or written_in >= $2::text::xid8 and written_in < pg_snapshot_xmax(pg_current_snapshot()))
         order by no limit ${PAGE}`,
        [last, this.horizon],
      );
      for (const row of rows) {
        this.configurations.add(row.searchConfiguration);
        if (row.held) this.index.put(row);
        else this.index.remove(row.no);
      }
      if (rows.length < PAGE) return;
      last = rows.at(-1)!.no;
    }
  }
}
