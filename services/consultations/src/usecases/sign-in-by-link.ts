import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Database, type Transaction } from '@followthrough/database';
import { Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { LinkUses } from '../outbound/link-uses';
import { RoundMails } from '../outbound/round-mails';
import { Vault } from '../outbound/vault';

const CODE_MS = 15 * 60_000;
const SESSION_MS = 12 * 3_600_000;
const MOST_ATTEMPTS = 5;

interface Access {
  id: string;
  taskId: string;
  hmac: Buffer;
}

/** Who has shown a one-time code sent to an address; it opens that address's own open tasks and nothing else. */
export interface LinkSession {
  addressHmac: Buffer;
}

/**
 * Signs in by a link from a mail: the link alone opens nothing, a one-time code goes to the address that the link
 * was made for. Answers are the same whether a link is known or not.
 */
@Injectable()
export class SignInByLink {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly uses: LinkUses,
    private readonly mails: RoundMails,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `rate-limited` where too many codes are asked for from one machine, whatever the link */
  async sendCode(link: string, ip: string): Promise<void> {
    await this.allow('code-from-ip', ip);
    await this.database.transaction(async (tx) => {
      const access = await this.access(tx, link);
      if (!access) return;
      if (!(await this.uses.count(tx, 'code-to-address', access.hmac.toString('hex')))) return;
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      await tx.query(
        `insert into access_code (address_hmac, code_sealed, expires_at) values ($1, $2, $3)
         on conflict (address_hmac) do update
         set code_sealed = excluded.code_sealed, attempts = 0, expires_at = excluded.expires_at`,
        [access.hmac, this.vault.encrypt(code), new Date(this.clock.now().getTime() + CODE_MS)],
      );
      await this.mails.queue(tx, { purpose: 'code', taskId: access.taskId, accessId: access.id });
    });
  }

  /**
   * @returns the secret of a new session
   * @throws Problem `forbidden` where link and code do not open anything, or the code was tried too often
   */
  async begin(link: string, code: string, ip: string): Promise<{ secret: string; expiresAt: Date }> {
    await this.allow('session-from-ip', ip);
    const session = await this.database.transaction(async (tx) => {
      const access = await this.access(tx, link);
      if (!access || !(await this.isRight(tx, access.hmac, code))) return null;
      await tx.query('delete from access_code where address_hmac = $1', [access.hmac]);
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(this.clock.now().getTime() + SESSION_MS);
      await tx.query('insert into link_session (token_hash, address_hmac, expires_at) values ($1, $2, $3)', [
        hashOf(secret),
        access.hmac,
        expiresAt,
      ]);
      return { secret, expiresAt };
    });
    if (session) return session;
    throw new Problem(
      'forbidden',
      'code-refused',
      'This code does not fit or is no longer valid: ask for a new one.',
    );
  }

  /** @throws Problem `unauthenticated` */
  async session(secret: string | undefined): Promise<LinkSession> {
    const [found] = secret
      ? await this.database.query<LinkSession>(
          `select address_hmac as "addressHmac" from link_session where token_hash = $1 and expires_at > $2`,
          [hashOf(secret), this.clock.now()],
        )
      : [];
    if (found) return found;
    throw new Problem('unauthenticated', 'code-needed', 'Open the link from your mail and enter the code.');
  }

  async end(secret: string | undefined): Promise<void> {
    if (secret) await this.database.query('delete from link_session where token_hash = $1', [hashOf(secret)]);
  }

  private async allow(limit: 'code-from-ip' | 'session-from-ip', ip: string): Promise<void> {
    if (await this.database.transaction((tx) => this.uses.count(tx, limit, ip))) return;
    throw new Problem(
      'rate-limited',
      'too-many-requests',
      'Too many requests from here: try again in an hour.',
    );
  }

  private async access(tx: Transaction, link: string): Promise<Access | null> {
    const named = this.vault.readToken(link);
    if (!named) return null;
    const [access] = await tx.query<Access[]>(
      `select a.id, a.task_id as "taskId", a.address_hmac as hmac from task_access a
       join round_task t on t.id = a.task_id join round r on r.id = t.round_id
       where a.id = $1 and a.revoked_at is null and r.state = 'open'`,
      [named.id],
    );
    return access ?? null;
  }

  /** Every attempt counts, also those that come at once: the row is locked. */
  private async isRight(tx: Transaction, hmac: Buffer, code: string): Promise<boolean> {
    const [sent] = await tx.query<{ sealed: Buffer; attempts: number }[]>(
      `update access_code set attempts = attempts + 1 where address_hmac = $1 and expires_at > $2
       returning code_sealed as sealed, attempts`,
      [hmac, this.clock.now()],
    );
    if (!sent || sent.attempts > MOST_ATTEMPTS) return false;
    const [held, shown] = [this.vault.decrypt(sent.sealed), Buffer.from(code.trim())];
    return held.length === shown.length && timingSafeEqual(held, shown);
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
