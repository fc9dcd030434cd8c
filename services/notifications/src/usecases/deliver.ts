import { afterCommit, Database, type Transaction } from '@followthrough/database';
import {
  delayAfterTransient,
  Mailer,
  mailRetries,
  type OutgoingMail,
  type SmtpOutcome,
} from '@followthrough/mail';
import { publish } from '@followthrough/messaging';
import {
  Clock,
  failPoint,
  goingOnWith,
  inSpan,
  LOGGER,
  type Logger,
  type Span,
} from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Deliveries, type LeasedDelivery } from '../outbound/deliveries';
import { DeliveryMeters } from '../outbound/delivery-meters';
import { Letters } from '../outbound/letters/letters';
import { Mailbox } from '../outbound/mailbox';

/**
 * Makes the next attempt of a delivery: lease and started attempt in one transaction, the call to the mail
 * server, its outcome in another. What an unanswered call is worth is in `mailRetries`.
 */
@Injectable()
export class Deliver {
  constructor(
    private readonly database: Database,
    private readonly deliveries: Deliveries,
    private readonly letters: Letters,
    private readonly mailbox: Mailbox,
    private readonly mailer: Mailer,
    private readonly meters: DeliveryMeters,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async run(deliveryId: string): Promise<void> {
    const taken = await this.database.transaction((tx) => this.take(tx, deliveryId));
    if (!taken) return;
    const { purpose, attempts, traceparent } = taken.delivery;
    await inSpan(
      'send mail',
      () => ({
        kind: 'client',
        parent: goingOnWith(traceparent),
        attributes: { 'followthrough.mail.purpose': purpose, 'followthrough.mail.attempt': attempts },
      }),
      (span) => this.attempt(taken, span),
    );
  }

  private async attempt(taken: Taken, span: Span | null): Promise<void> {
    failPoint('delivery.before-send');
    const outcome = await this.mailer.send(taken.mail);
    failPoint('delivery.after-send');
    this.meters.attempted(taken.delivery.purpose, outcome.kind);
    span?.set({ 'followthrough.mail.outcome': outcome.kind, 'followthrough.mail.code': outcome.code });
    await this.database.transaction((tx) => this.record(tx, taken, outcome));
    failPoint('delivery.after-record');
    if (outcome.kind !== 'accepted' && outcome.scope === 'server') {
      this.log.warn(
        { delivery: taken.delivery.id, code: outcome.code, outcome: outcome.kind },
        outcome.reason,
      );
    }
  }

  private async take(tx: Transaction, deliveryId: string): Promise<Taken | null> {
    const delivery = await this.deliveries.lease(tx, deliveryId);
    if (!delivery) return null;
    // In our own mailbox it can be looked up whether an attempt without an answer had arrived.
    if (delivery.lastOutcome === 'ambiguous' && (await this.mailbox.has(tx, delivery.id))) {
      await this.accept(tx, delivery);
      return null;
    }
    const mail = await this.letters.write(tx, delivery);
    if (!mail) {
      await this.deliveries.settle(tx, delivery, 'void');
      await this.settleDigest(tx, delivery, 'void', 'unmailed');
      return null;
    }
    await this.deliveries.startAttempt(tx, delivery);
    await this.mark(tx, delivery, 'sending');
    return { delivery, mail, local: this.mailer.routeFor(mail.to).kind === 'local' };
  }

  private async record(tx: Transaction, { delivery, local }: Taken, outcome: SmtpOutcome): Promise<void> {
    await this.deliveries.endAttempt(tx, delivery, outcome.kind, outcome.code);
    switch (outcome.kind) {
      case 'accepted':
        await this.accept(tx, delivery);
        return;
      case 'transient':
        await this.again(tx, delivery, delayAfterTransient(delivery.attempts, local, Math.random));
        return;
      case 'ambiguous':
        await this.doubt(tx, delivery);
        return;
      case 'permanent':
        if (outcome.scope === 'address') await this.suspend(tx, delivery);
        await this.deliveries.settle(tx, delivery, 'failed');
        await this.settleDigest(tx, delivery, 'failed', 'unmailed');
    }
  }

  /** Records an attempt whose end nobody saw, because its process died. */
  async recordLostAttempt(tx: Transaction, delivery: LeasedDelivery): Promise<void> {
    await this.deliveries.endAttempt(tx, delivery, 'ambiguous', 'LOST');
    afterCommit(tx, () => this.meters.attempted(delivery.purpose, 'ambiguous'));
    if (await this.mailbox.has(tx, delivery.id)) await this.accept(tx, delivery);
    else await this.doubt(tx, delivery);
  }

  private async doubt(tx: Transaction, delivery: LeasedDelivery): Promise<void> {
    if (delivery.attempts < mailRetries.ambiguousAttempts) {
      await this.again(tx, delivery, mailRetries.ambiguousDelay, 'sending');
      return;
    }
    await this.deliveries.settle(tx, delivery, 'dead');
    await this.settleDigest(tx, delivery, 'failed', 'sent');
  }

  private async again(
    tx: Transaction,
    delivery: LeasedDelivery,
    delay: number | null,
    notices: 'claimed' | 'sending' = 'claimed',
  ): Promise<void> {
    const at = delay === null ? null : new Date(this.clock.now().getTime() + delay);
    if (at === null || at > delivery.expiresAt) {
      await this.deliveries.settle(tx, delivery, 'dead');
      await this.settleDigest(tx, delivery, 'failed', 'unmailed');
      return;
    }
    await this.deliveries.requeue(tx, delivery.id, at);
    await this.mark(tx, delivery, notices);
  }

  private async accept(tx: Transaction, delivery: LeasedDelivery): Promise<void> {
    await this.deliveries.settle(tx, delivery, 'accepted');
    const notices = await this.settleDigest(tx, delivery, 'sent', 'sent');
    if (!delivery.digestId || !delivery.recipientId) return;
    await publish(tx, {
      type: 'notifications.v1.DigestDelivered',
      aggregateId: delivery.digestId,
      version: 1,
      stateUnderReview: null,
      visibility: 'internal',
      data: { digestId: delivery.digestId, recipientId: delivery.recipientId, channel: 'email', notices },
    });
  }

  /** @returns how many notices the digest had */
  private async settleDigest(
    tx: Transaction,
    { digestId }: LeasedDelivery,
    state: 'sent' | 'void' | 'failed',
    notices: 'sent' | 'unmailed',
  ): Promise<number> {
    if (!digestId) return 0;
    await tx.query(`update digest set state = $2, settled_at = $3 where id = $1`, [
      digestId,
      state,
      this.clock.now(),
    ]);
    const told = await tx.query(
      `update notice set state = $2 where digest_id = $1 and state in ('claimed', 'sending') returning id`,
      [digestId, notices],
    );
    return told.length;
  }

  private async mark(
    tx: Transaction,
    { digestId }: LeasedDelivery,
    state: 'claimed' | 'sending',
  ): Promise<void> {
    if (!digestId) return;
    await tx.query(`update notice set state = $2 where digest_id = $1 and state in ('claimed', 'sending')`, [
      digestId,
      state,
    ]);
  }

  private async suspend(tx: Transaction, { addressId }: LeasedDelivery): Promise<void> {
    if (addressId)
      await tx.query(`update address set state = 'suspended' where id = $1 and state = 'verified'`, [
        addressId,
      ]);
  }
}

interface Taken {
  delivery: LeasedDelivery;
  mail: OutgoingMail;
  /** It goes to the mailbox inside this installation. */
  local: boolean;
}
