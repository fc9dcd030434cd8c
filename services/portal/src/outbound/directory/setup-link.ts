import { Database, type Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { SETUP_LINK_HOURS } from '../../domain/account/session-rules';
import { newSecret, sha256 } from '../secrets';

/** The one-time link that makes the first administrator. There is at most one. */
@Injectable()
export class SetupLinks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A new secret; an earlier one is worth nothing from now on. */
  async renew(): Promise<string> {
    const secret = newSecret();
    await this.database.query(
      `insert into directory.setup_link (secret_sha256, expires_at) values ($1, $2)
       on conflict (only_row) do update set secret_sha256 = excluded.secret_sha256, expires_at = excluded.expires_at`,
      [sha256(secret), new Date(this.clock.now().getTime() + SETUP_LINK_HOURS * 3600_000)],
    );
    return secret;
  }

  async isValid(secret: string): Promise<boolean> {
    const rows = await this.database.query(
      'select from directory.setup_link where secret_sha256 = $1 and expires_at > $2',
      [sha256(secret), this.clock.now()],
    );
    return rows.length > 0;
  }

  /** Uses the link up; false where it is not valid (any more). Of two at the same time one gets it. */
  async spend(tx: Transaction, secret: string): Promise<boolean> {
    const rows = await tx.query(
      'delete from directory.setup_link where secret_sha256 = $1 and expires_at > $2 returning only_row',
      [sha256(secret), this.clock.now()],
    );
    return rows.length > 0;
  }
}
