import { Database, type Transaction } from '@followthrough/database';
import { Clock, type AccessClaims, type OrganisationClass, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { SESSION_HOURS, SESSION_IDLE_MINUTES } from '../../domain/account/session-rules';
import { newSecret, sha256 } from '../secrets';

const MINUTE = 60_000;

/** Who sits in front of the browser, as the directory has it now. */
export interface SignedInMember {
  id: string;
  name: string;
  organisation: { id: string; name: string; class: OrganisationClass };
  roles: Role[];
  states: string[];
}

/** Claims of a member's access token. */
export function claimsOf({ id, organisation, roles, states }: SignedInMember): AccessClaims {
  return { sub: id, knd: 'member', mem: [{ org: organisation.id, cls: organisation.class, roles, states }] };
}

/** Browser sessions. The cookie is a random secret; the row holds its hash. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Starts a session under a secret that nobody has seen before, whatever cookie the browser came with. */
  async start(tx: Transaction | Database, memberId: string): Promise<string> {
    const cookie = newSecret();
    const now = this.clock.now();
    await tx.query(
      `insert into directory.session (cookie_sha256, member_id, started_at, seen_at, expires_at)
       values ($1, $2, $3, $3, $4)`,
      [sha256(cookie), memberId, now, new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE)],
    );
    return cookie;
  }

  /** The member whose session it is; null where it is unknown, over, or the member suspended. */
  async member(cookie: string): Promise<SignedInMember | null> {
    const now = this.clock.now();
    const [row] = await this.database.query(
      `select m.id, m.name, m.roles, m.states, s.seen_at,
              o.id as organisation_id, o.name as organisation_name, o.class
       from directory.session s
       join directory.member m on m.id = s.member_id and m.state = 'active'
       join directory.organisation o on o.id = m.organisation_id
       where s.cookie_sha256 = $1 and s.expires_at > $2 and s.seen_at > $3`,
      [sha256(cookie), now, new Date(now.getTime() - SESSION_IDLE_MINUTES * MINUTE)],
    );
    if (!row) return null;
    if (now.getTime() - row.seen_at.getTime() > MINUTE) await this.touch(cookie, now);
    return {
      id: row.id,
      name: row.name,
      organisation: { id: row.organisation_id, name: row.organisation_name, class: row.class },
      roles: row.roles,
      states: row.states,
    };
  }

  async end(cookie: string): Promise<void> {
    await this.database.query('delete from directory.session where cookie_sha256 = $1', [sha256(cookie)]);
  }

  /** Ends all sessions of a member, on a new password, a suspension or a removal. */
  async endAllOf(tx: Transaction, memberId: string): Promise<void> {
    await tx.query('delete from directory.session where member_id = $1', [memberId]);
  }

  async removeExpired(): Promise<void> {
    const now = this.clock.now();
    await this.database.query('delete from directory.session where expires_at < $1 or seen_at < $2', [
      now,
      new Date(now.getTime() - SESSION_IDLE_MINUTES * MINUTE),
    ]);
  }

  private async touch(cookie: string, now: Date): Promise<void> {
    await this.database.query('update directory.session set seen_at = $2 where cookie_sha256 = $1', [
      sha256(cookie),
      now,
    ]);
  }
}
