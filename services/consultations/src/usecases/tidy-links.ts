import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

const DAY = 86_400_000;

/** Forgets codes, sessions and counts that have outlived their use. */
@Injectable()
export class TidyLinks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.query('delete from access_code where expires_at < $1', [now]);
    await this.database.query('delete from link_session where expires_at < $1', [now]);
    await this.database.query('delete from link_use where window_start < $1', [
      new Date(now.getTime() - 2 * DAY),
    ]);
  }
}
