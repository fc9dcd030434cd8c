import type { Database } from '@followthrough/database';
import { failPoint, isTracing, type Logger } from '@followthrough/service-kit';
import { Bell, outboxBell } from '../bell';
import { headersOf, type OutboxRow } from '../envelope';
import { Gathering } from '../gathering';
import { SLOTS, partitionOf } from '../key-hash';
import { Pace, jittered } from '../pace';
import { Shares } from '../shares';
import type { RecordPosition, Transport, TransportRecord } from '../transport/transport';
import { Outbox } from './outbox';
import { traceSend } from './trace-send';

const BATCH = 1000;
const QUICKEST_MS = 10;
/** Where all slots are held here, the bell tells of whatever is published, but for what a crash has left. */
const SLOWEST_ALONE_MS = 1000;
/** Where others publish for slots that are held here, and hold those of what is published here. */
const SLOWEST_MS = 250;
/** What is proven goes with the next reading, and where none comes, by itself. */
const FORGET_WITHIN_MS = 100;
const CLAIM_EVERY_MS = 3000;
const CLAIM_SOON_MS = 250;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const SHARE = 'outbox';
const slots = Array.from({ length: SLOTS }, (_, slot) => slot);

export interface RelayOptions {
  database: Database;
  transport: Transport;
  log: Logger;
  /** Told how many events each send carried. */
  onSent?: (events: number) => void;
}

/**
 * Moves facts from the outbox to the transport: all rows of the slots that this process holds, in the order in
 * which they were written, each deleted only when the transport has proven that it has it. Rows may be sent
 * twice, never out of order within a key, never lost.
 */
export class Relay {
  private readonly bell: Bell;
  private readonly stopBell = new Bell();
  private readonly shares: Shares;
  private readonly outbox: Outbox;
  private readonly gathering = new Gathering();
  private readonly pace = new Pace(QUICKEST_MS, SLOWEST_MS);
  private loop: Promise<void> | null = null;
  /** Sent and proven, deleted together with the next reading. */
  private proven: OutboxRow[] = [];
  /** By performance.now(): the time of day may be set back by hours. */
  private claimAt = 0;
  private failures = 0;
  private stopping = false;

  constructor(private readonly options: RelayOptions) {
    const { database } = options;
    this.bell = outboxBell(database.dataSource);
    this.shares = new Shares(database.url, `followthrough ${database.name} relay shares`);
    this.outbox = new Outbox(database.url, `followthrough ${database.name} relay`);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Finishes the send in hand, then lets go of the slots. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    this.stopBell.ring();
    await this.loop;
    await this.outbox.forget(this.proven).catch(() => undefined);
    await this.outbox.close();
    await this.shares.close();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const moved = await this.turn();
        this.failures = 0;
        if (moved > 0) this.pace.quicken();
        if (moved === BATCH) continue;
        if (moved > 0) await this.letGather(moved);
        await this.bell.wait(this.untilNextTurn());
      } catch (error) {
        this.options.log.warn({ err: error }, 'events wait in the outbox: they could not be sent');
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures++);
        this.claimAt = 0;
        await this.stopBell.wait(jittered(pause));
      }
    }
  }

  /** Claim, forget what is proven and read, send, check the proofs; how many events were moved. */
  private async turn(): Promise<number> {
    if (performance.now() >= this.claimAt) await this.claim();
    const rows = await this.forgetAndRead();
    if (rows.length === 0) return 0;
    const records = rows.map((row) => this.recordOf(row));
    failPoint('relay.before-send');
    const began = Date.now();
    const proofs = await this.options.transport.send(records);
    assertProven(records, proofs);
    if (isTracing()) traceSend(rows, began);
    this.proven = rows;
    failPoint('relay.after-send');
    this.options.onSent?.(rows.length);
    return rows.length;
  }

  private async forgetAndRead(): Promise<OutboxRow[]> {
    const { proven } = this;
    const rows = await this.outbox.next(proven, [...this.shares.held(SHARE)], BATCH);
    if (proven.length > 0) failPoint('relay.after-delete');
    this.proven = [];
    return rows;
  }

  private async claim(): Promise<void> {
    const { surplus, settled } = await this.shares.claim(SHARE, slots);
    if (surplus.length > 0) {
      await this.outbox.forget(this.proven);
      this.proven = [];
      await this.shares.release(SHARE, surplus);
    }
    this.claimAt = performance.now() + (settled ? CLAIM_EVERY_MS : CLAIM_SOON_MS);
  }

  private async letGather(moved: number): Promise<void> {
    const pause = this.gathering.pauseAfter(moved);
    if (pause > 0) await this.stopBell.wait(pause);
  }

  private untilNextTurn(): number {
    const alone = this.shares.held(SHARE).size === SLOTS;
    const pause = alone ? SLOWEST_ALONE_MS : this.pace.next();
    const limit = this.proven.length > 0 ? FORGET_WITHIN_MS : pause;
    return Math.max(1, Math.min(pause, limit, this.claimAt - performance.now()));
  }

  private recordOf(row: OutboxRow): TransportRecord {
    const [, topic, key, value] = row;
    return {
      topic,
      partition: partitionOf(key, this.options.transport.partitionsOf(topic)),
      key,
      value,
      headers: headersOf(row),
    };
  }
}

/** What has no proof of its own is not sent, whatever the client said. */
function assertProven(records: readonly TransportRecord[], proofs: readonly RecordPosition[]): void {
  const missing = records.findIndex(
    ({ topic, partition }, index) =>
      proofs[index]?.topic !== topic || proofs[index].partition !== partition || !(proofs[index].offset >= 0),
  );
  if (missing === -1) return;
  const { topic, partition } = records[missing]!;
  throw new Error(
    `The transport has not proven that it holds record ${missing} of ${records.length} (${topic}/${partition})`,
  );
}
