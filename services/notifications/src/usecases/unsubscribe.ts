import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Subscriptions } from '../outbound/subscriptions';
import { Vault } from '../outbound/vault';

/** What a link in a mail would stop, and in which language to ask. */
export interface Stoppable {
  recipientId: string;
  locale: string;
  /** One subscription; null: all mail. */
  subscription: { id: string; filter: RecommendationFilter } | null;
}

/** Stops what a link in a mail names, at once and without sign-in (RFC 8058). */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly subscriptions: Subscriptions,
  ) {}

  /** @returns null for a link that we did not make, or whose recipient is gone */
  async find(token: string): Promise<Stoppable | null> {
    const named = this.vault.readToken(token);
    if (named?.purpose === 'unsubscribe-all') {
      const [found] = await this.database.query<{ id: string; locale: string }>(
        'select id, locale from recipient where unsubscribe_id = $1',
        [named.id],
      );
      return found ? { recipientId: found.id, locale: found.locale, subscription: null } : null;
    }
    if (named?.purpose !== 'unsubscribe-one') return null;
    const [found] = await this.database.query<{
      id: string;
      filter: RecommendationFilter;
      rid: string;
      locale: string;
    }>(
      `select s.id, s.filter, r.id as rid, r.locale from subscription s join recipient r on r.id = s.recipient_id
       where s.unsubscribe_id = $1`,
      [named.id],
    );
    if (!found) return null;
    return {
      recipientId: found.rid,
      locale: found.locale,
      subscription: { id: found.id, filter: found.filter },
    };
  }

  async run(token: string): Promise<Stoppable | null> {
    const found = await this.find(token);
    if (!found) return null;
    const { recipientId, subscription } = found;
    await this.database.transaction(async (tx) => {
      if (subscription) await this.subscriptions.end(tx, recipientId, subscription.id);
      else await this.subscriptions.stopMail(tx, recipientId);
      await audit(tx, {
        caller: null,
        action: 'subscription.unsubscribe',
        subject: subscription ? 'subscription' : 'recipient',
        subjectId: subscription?.id ?? recipientId,
      });
    });
    return found;
  }
}
