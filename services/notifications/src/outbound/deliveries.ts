import { afterCommit, type Transaction } from '@followthrough/database';
import { mailRetries } from '@followthrough/mail';
import { Clock, traceToKeep } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { mailExpiry, type Purpose } from '../domain/delivery-policy';
import { DeliveryMeters, type Settled } from './delivery-meters';

export interface NewDelivery {
  recipientId: string | null;
  purpose: Purpose;
  digestId?: string;
  followRequestId?: string;
  addressId?: string;
}

/** A delivery for whose next attempt this process is responsible until its lease ends. */
export interface LeasedDelivery {
  id: string;
  recipientId: string | null;
  purpose: Purpose;
  digestId: string | null;
  followRequestId: string | null;
  addressId: string | null;
  attempts: number;
  lastOutcome: string | null;
  expiresAt: Date;
  traceparent: string | null;
}

@Injectable()
export class Deliveries {
  constructor(
    private readonly clock: Clock,
    private readonly meters: DeliveryMeters,
  ) {}

  /** Queues a mail. Its id, which becomes the Message-ID, is random: it must give away neither time nor order. */
  async queue(tx: Transaction, delivery: NewDelivery): Promise<string> {
    const id = uuidv4();
    const now = this.clock.now();
    await tx.query(
      `insert into delivery (id, recipient_id, purpose, digest_id, follow_request_id, address_id, state,
                             next_attempt_at, expires_at, created_at, traceparent)
       values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $7, $9)`,
      [
        id,
        delivery.recipientId,
        delivery.purpose,
        delivery.digestId ?? null,
        delivery.followRequestId ?? null,
        delivery.addressId ?? null,
        now,
        new Date(now.getTime() + mailExpiry[delivery.purpose]),
        traceToKeep(),
      ],
    );
    return id;
  }

  async verifiedAddress(tx: Transaction, recipientId: string): Promise<string | null> {
    const [address] = await tx.query<{ id: string }[]>(
      `select id from address where recipient_id = $1 and state = 'verified'`,
      [recipientId],
    );
    return address?.id ?? null;
  }

  /** Takes a due delivery, by one statement: whoever gets the row attempts it, nobody else does. */
  async lease(tx: Transaction, deliveryId: string): Promise<LeasedDelivery | null> {
    const now = this.clock.now();
    const [leased] = await tx.query<LeasedDelivery[]>(
      `update delivery set state = 'leased', attempts = attempts + 1, lease_until = $3
       where id = $1 and state = 'queued' and next_attempt_at <= $2
       returning id, recipient_id as "recipientId", purpose, digest_id as "digestId", address_id as "addressId",
                 follow_request_id as "followRequestId", attempts, last_outcome as "lastOutcome",
                 expires_at as "expiresAt", traceparent`,
      [deliveryId, now, new Date(now.getTime() + mailRetries.lease)],
    );
    return leased ?? null;
  }

  async startAttempt(tx: Transaction, { id, attempts }: LeasedDelivery): Promise<void> {
    await tx.query(
      `insert into attempt (delivery_id, number, started_at, outcome) values ($1, $2, $3, 'started')`,
      [id, attempts, this.clock.now()],
    );
  }

  async endAttempt(
    tx: Transaction,
    { id, attempts }: LeasedDelivery,
    outcome: string,
    code: string,
  ): Promise<void> {
    await tx.query(
      `update attempt set ended_at = $3, outcome = $4, code = $5 where delivery_id = $1 and number = $2`,
      [id, attempts, this.clock.now(), outcome, code.slice(0, 40)],
    );
    await tx.query('update delivery set last_outcome = $2, last_code = $3 where id = $1', [
      id,
      outcome,
      code.slice(0, 40),
    ]);
  }

  /** Puts a delivery back in the queue. */
  async requeue(tx: Transaction, deliveryId: string, at: Date): Promise<void> {
    await tx.query(
      `update delivery set state = 'queued', lease_until = null, next_attempt_at = $2 where id = $1 and state = 'leased'`,
      [deliveryId, at],
    );
  }

  async settle(
    tx: Transaction,
    { id, purpose }: Pick<LeasedDelivery, 'id' | 'purpose'>,
    state: Settled,
  ): Promise<void> {
    await tx.query(`update delivery set state = $2, lease_until = null, settled_at = $3 where id = $1`, [
      id,
      state,
      this.clock.now(),
    ]);
    afterCommit(tx, () => this.meters.settled(purpose, state));
  }
}
