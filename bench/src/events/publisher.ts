import { setTimeout as delay } from 'node:timers/promises';
import { publish } from '@followthrough/messaging';
import { keepHeapSmall } from '@followthrough/service-kit';
import { anEvent, consumerWith } from './an-event';
import { answerCalls, sharedClock } from './child';
import { memoryNow } from './memory';
import { ServiceSide, type SidePlan } from './service-side';

const PUBLISH_BATCH = 1000;
let side: ServiceSide;

const methods = {
  async open(plan: SidePlan): Promise<void> {
    side = await ServiceSide.open('recommendations', plan);
  },

  /** Commits so many events into the outbox, a thousand a transaction. */
  async fill(events: number): Promise<void> {
    for (let done = 0; done < events; done += PUBLISH_BATCH) {
      const batch = Array.from({ length: PUBLISH_BATCH }, () => anEvent());
      await side.database.transaction((tx) => publish(tx, ...batch));
    }
    await side.database.query('analyze outbox');
  },

  /** Starts the relay. @returns when, on the shared clock */
  async startRelay(): Promise<number> {
    const began = sharedClock();
    await side.start(consumerWith('recommendations'));
    return began;
  },

  stopRelay: (): Promise<void> => side.stop(),

  /** @returns when the outbox was seen empty, on the shared clock */
  async untilSent(): Promise<number> {
    for (;;) {
      const [row] = await side.database.query<{ some: boolean }>(
        'select exists (select 1 from outbox) as some',
      );
      if (!row!.some) return sharedClock();
      await delay(5);
    }
  },

  /** Writers that commit one event a transaction, one after another, for so long. @returns commits a second */
  async write(writers: number, seconds: number): Promise<{ perSecond: number; events: number }> {
    let events = 0;
    const began = sharedClock();
    const until = began + seconds * 1000;
    const writer = async (): Promise<void> => {
      while (sharedClock() < until) {
        const event = anEvent();
        await side.database.transaction((tx) => publish(tx, event));
        events += 1;
      }
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return { perSecond: events / ((sharedClock() - began) / 1000), events };
  },

  /** One event a transaction, on schedule. @returns when each was committed, by id */
  async writeOnSchedule(perSecond: number, seconds: number): Promise<Map<string, number>> {
    const committedAt = new Map<string, number>();
    const writes: Promise<void>[] = [];
    const began = sharedClock();
    for (let nth = 0; nth < perSecond * seconds; nth += 1) {
      const early = began + (nth * 1000) / perSecond - sharedClock();
      if (early > 1) await delay(early);
      const event = anEvent();
      writes.push(
        side.database
          .transaction((tx) => publish(tx, event))
          .then(() => void committedAt.set(event.id, sharedClock())),
      );
    }
    await Promise.all(writes);
    return committedAt;
  },

  async emptyOutbox(): Promise<void> {
    await side.database.query('truncate outbox');
  },

  /** Takes what the outbox holds out of it, to be brought back as often as wanted. */
  async setAside(): Promise<void> {
    await side.database.transaction(async (tx) => {
      await tx.query('create table aside as select * from outbox order by sequence');
      await tx.query('truncate outbox');
      await tx.query('alter table aside drop column sequence');
    });
  },

  /** Commits into the outbox, in one statement, all that was set aside. */
  async bringBack(): Promise<void> {
    const [row] = await side.database.query<{ columns: string }>(
      `select string_agg(column_name, ', ' order by ordinal_position) as columns
       from information_schema.columns where table_name = 'aside'`,
    );
    await side.database.query(`insert into outbox (${row!.columns}) select * from aside`);
  },

  memory: memoryNow,
};

// As a service does.
keepHeapSmall();

export type Publisher = typeof methods;
answerCalls(methods);
