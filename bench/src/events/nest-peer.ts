import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { eventHeader, type EventData } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, KafkaContext, Payload, Transport } from '@nestjs/microservices';
import { answerCalls, sharedClock } from './child';
import { TOPIC, writeEffects, type RECORDED } from './effect';

let database: Database;
let handled = 0;
let firstAt = 0;

/** The same effect as the product's consumer has, in the same transaction as its inbox row. */
@Controller()
class PeerController {
  @EventPattern(TOPIC)
  async recorded(@Payload() data: EventData<typeof RECORDED>, @Ctx() context: unknown): Promise<void> {
    if (handled === 0) firstAt = sharedClock();
    const { key, headers = {} } = (context as KafkaContext).getMessage();
    const header = (name: string) => String(headers[name]);
    await database.transaction(async (tx) => {
      const fresh = await tx.query<unknown[]>(
        `insert into inbox (consumer, event_id) values ('nest', $1) on conflict do nothing returning 1`,
        [header(eventHeader.id)],
      );
      if (fresh.length === 0) return;
      const [aggregateId, version, generation] = [
        String(key),
        Number(header(eventHeader.version)),
        Number(header(eventHeader.generation)),
      ];
      await writeEffects(tx, [{ aggregateId, version, generation, stateUnderReview: 'SVN', data }]);
    });
    handled += 1;
  }
}

@Module({ controllers: [PeerController] })
class PeerModule {}

const methods = {
  async open(databaseUrl: string): Promise<void> {
    database = await Database.open({ name: 'nest', url: databaseUrl, entities: [], poolSize: 16 });
  },

  /** Reads the topic from its beginning for so long. @returns events a second */
  async consume(brokers: string[], groupId: string, seconds: number): Promise<number> {
    handled = 0;
    const app = await NestFactory.createMicroservice(PeerModule, {
      transport: Transport.KAFKA,
      logger: false,
      options: {
        client: { clientId: 'bench-nest', brokers },
        consumer: { groupId },
        subscribe: { fromBeginning: true },
        run: { partitionsConsumedConcurrently: 6 },
      },
    });
    await app.listen();
    while (handled === 0) await delay(5);
    await delay(seconds * 1000);
    const perSecond = handled / ((sharedClock() - firstAt) / 1000);
    await app.close();
    return perSecond;
  },

  async emptyCopy(): Promise<void> {
    await database.query('truncate copy, inbox');
  },
};

export type NestPeer = typeof methods;
answerCalls(methods);
