import type { RecommendationFilter } from '@followthrough/contracts';
import { Database, lockInTransaction, type Transaction } from '@followthrough/database';
import { Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import type { Cadence, Channel } from '../domain/notice';
import { Addresses, type Owner } from '../outbound/addresses';
import { Recipients } from '../outbound/recipients';
import { Subscriptions } from '../outbound/subscriptions';
import { Vault } from '../outbound/vault';

interface Request {
  id: string;
  sealed: Buffer;
  hmac: Buffer;
  filter: RecommendationFilter;
  locale: string;
  timeZone: string;
  cadence: Cadence;
  confirmedAt: Date | null;
}

/** The second half of the double opt-in: whoever has the link has the address, and follows from now on. */
@Injectable()
export class ConfirmFollow {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly recipients: Recipients,
    private readonly addresses: Addresses,
    private readonly subscriptions: Subscriptions,
    private readonly clock: Clock,
  ) {}

  /**
   * Confirming twice is as good as once.
   * @returns what is followed
   * @throws Problem `not-found` for a link that is not ours or too old
   */
  async run(token: string): Promise<{ filter: RecommendationFilter }> {
    const named = this.vault.readToken(token);
    return this.database.transaction(async (tx) => {
      const request = named?.purpose === 'confirm-follow' ? await this.request(tx, named.id) : null;
      if (!request) {
        throw new Problem(
          'not-found',
          'link-expired',
          'This link is too old or not complete: ask to follow again.',
        );
      }
      if (request.confirmedAt) return { filter: request.filter };
      const { recipientId, kind } = await this.recipientFor(tx, request);
      // Without an account there is no inbox to look into.
      const channels: Channel[] = kind === 'member' ? ['inbox', 'email'] : ['email'];
      const { filter, cadence } = request;
      await this.subscriptions.start(tx, { recipientId, filter, cadence, channels });
      await tx.query('update follow_request set confirmed_at = $2 where id = $1', [
        request.id,
        this.clock.now(),
      ]);
      return { filter: request.filter };
    });
  }

  private async request(tx: Transaction, id: string): Promise<Request | null> {
    const [request] = await tx.query<Request[]>(
      `select id, value_encrypted as sealed, value_hmac as hmac, filter, locale, time_zone as "timeZone", cadence,
              confirmed_at as "confirmedAt"
       from follow_request where id = $1 and expires_at > $2 for update`,
      [id, this.clock.now()],
    );
    return request ?? null;
  }

  /** Whoever owns the address already, with or without an account, or a new follower. */
  private async recipientFor(tx: Transaction, request: Request): Promise<Owner> {
    await lockInTransaction(tx, `notifications:address:${request.hmac.toString('hex')}`);
    const owner = await this.addresses.ownerOf(tx, request.hmac);
    if (owner) {
      await tx.query(`update address set state = 'verified' where value_hmac = $1 and state = 'suspended'`, [
        request.hmac,
      ]);
      return owner;
    }
    const id = uuidv4();
    const { locale, timeZone, cadence } = request;
    await this.recipients.addFollower(tx, { id, locale, timeZone, cadence });
    await this.addresses.use(tx, id, { sealed: request.sealed, hmac: request.hmac });
    return { recipientId: id, kind: 'follower' };
  }
}
