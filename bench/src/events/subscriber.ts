import { setTimeout as delay } from 'node:timers/promises';
import { afterCommit } from '@followthrough/database';
import { handler } from '@followthrough/messaging';
import { keepHeapSmall } from '@followthrough/service-kit';
import { consumerWith } from './an-event';
import { answerCalls, sharedClock } from './child';
import { COPY_TABLE, RECORDED, writeEffects } from './effect';
import { memoryNow } from './memory';
import { ServiceSide, type SidePlan } from './service-side';

let side: ServiceSide;
let handled = 0;
let firstAt = 0;
let lastAt = 0;
let handledAt: Map<string, number> | null = null;

const copies = handler({
  events: [RECORDED],
  snapshots: true,
  handle: async (tx, batch) => {
    firstAt ||= sharedClock();
    await writeEffects(tx, batch);
    afterCommit(tx, () => {
      lastAt = sharedClock();
      handled += batch.length;
      if (handledAt) for (const { id } of batch) handledAt.set(id, lastAt);
    });
  },
});

const methods = {
  async open(plan: SidePlan): Promise<void> {
    side = await ServiceSide.open('funding', plan);
    await side.database.query(COPY_TABLE);
  },

  start: (): Promise<void> => {
    firstAt = 0;
    return side.start(consumerWith('funding', copies));
  },

  stop: (): Promise<void> => side.stop(),

  /** So far; when the first since the start was begun, on the shared clock. */
  handled: (): { events: number; firstAt: number } => ({ events: handled, firstAt }),

  /** Waits until so many events have taken effect since the process began. @returns when the last did */
  async untilHandled(events: number): Promise<number> {
    while (handled < events) await delay(5);
    return lastAt;
  },

  /** Begins to note when each event took effect, or ends it and tells. */
  noteTimes(on: boolean): Map<string, number> | null {
    const noted = handledAt;
    handledAt = on ? new Map() : null;
    return noted;
  },

  memory: memoryNow,

  async emptyCopy(): Promise<void> {
    await side.database.query('truncate copy, inbox');
  },
};

// As a service does.
keepHeapSmall();

export type Subscriber = typeof methods;
answerCalls(methods);
