import type { Database } from '@followthrough/database';
import type { Logger } from '@followthrough/service-kit';
import { Bell } from '../bell';
import { Pace } from '../pace';
import {
  DUE_KEYS,
  lockHead,
  MAX_ATTEMPTS,
  postponeHead,
  removeHead,
  type DeferredEvent,
} from './deferred-events';
import { readRecord } from './delivery';
import { fateOf, reasonOf } from './failure';
import type { Handlers } from './handlers';
import { park } from './parked-events';

const KEYS_AT_ONCE = 50;
const QUICKEST_MS = 250;
const SLOWEST_MS = 4000;

export interface DrainOptions {
  group: string;
  database: Database;
  handlers: Handlers;
  log: Logger;
  deferred: Bell;
}

/** Tries the events that wait: each key by itself, oldest event first, the next only when that one is done with. */
export class DeferredDrain {
  private readonly pace = new Pace(QUICKEST_MS, SLOWEST_MS);
  private loop: Promise<void> | null = null;
  private stopping = false;

  constructor(private readonly options: DrainOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.options.deferred.ring();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { deferred, log, group } = this.options;
    while (!this.stopping) {
      try {
        if (await this.turn()) this.pace.quicken();
      } catch (error) {
        log.warn({ err: error, group }, 'deferred events could not be looked at');
      }
      if (!this.stopping) await deferred.wait(this.pace.next());
    }
  }

  /** Whether anything was due. */
  private async turn(): Promise<boolean> {
    const { database, group } = this.options;
    const due = await database.query<{ key: string }>(DUE_KEYS, [group, KEYS_AT_ONCE]);
    for (const { key } of due) {
      while (!this.stopping && (await this.tryOldest(key)));
    }
    return due.length > 0;
  }

  /** Whether the next of the key may be tried. */
  private async tryOldest(key: string): Promise<boolean> {
    const { database, group, handlers } = this.options;
    let head: DeferredEvent | null = null;
    try {
      await database.transaction(async (tx) => {
        head = await lockHead(tx, group, key);
        if (!head) return;
        const event = readRecord(head.record, handlers);
        await removeHead(tx, group, head);
        if (event) await handlers.handle(tx, [event]);
      });
      return head !== null;
    } catch (error) {
      if (!head) throw error;
      return this.failed(head, error);
    }
  }

  private async failed(head: DeferredEvent, error: unknown): Promise<boolean> {
    const { database, group, log } = this.options;
    const fate = await fateOf(error, database);
    if (fate === 'outage') throw error;
    const attempts = head.attempts + 1;
    const over = fate === 'never' || isUnreadable(error) || attempts >= MAX_ATTEMPTS;
    await database.transaction(async (tx) => {
      if (!over) return postponeHead(tx, group, head, reasonOf(error));
      await removeHead(tx, group, head);
      await park(tx, group, {
        record: head.record,
        eventId: head.eventId,
        attempts,
        reason: reasonOf(error),
      });
    });
    if (over)
      log.warn({ err: error, group, event: head.eventId, key: head.record.key }, 'an event was parked');
    return over;
  }
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'UnreadableError' || error.name === 'WireError');
