import { KafkaJSProtocolError, type Admin, type Kafka } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { ADMIN_RETRY } from './kafka-client';
import { within } from './within';

const TRIES = 8;
const PAUSE_MS = 100;
const LEAVE_WITHIN_MS = 3000;

/** After which kafkajs' admin would go on asking the broker that it knows until its metadata is five minutes old. */
const STALE = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'UNKNOWN_TOPIC_OR_PARTITION']);

/** Questions to the cluster, on one connection, which is made anew where a leader has moved. */
export class AdminQuestions {
  private admin: Promise<Admin> | null = null;

  constructor(private readonly kafka: Kafka) {}

  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await question(await this.connected());
      } catch (error) {
        if (attempt === TRIES || !isStale(error)) throw error;
        await this.close();
        await delay(PAUSE_MS * attempt);
      }
    }
  }

  async close(): Promise<void> {
    const { admin } = this;
    this.admin = null;
    if (!admin) return;
    const gone = admin.then((old) => old.disconnect());
    await within(LEAVE_WITHIN_MS, gone, 'Kafka does not answer').catch(() => undefined);
  }

  private connected(): Promise<Admin> {
    if (this.admin) return this.admin;
    const admin = this.kafka.admin({ retry: ADMIN_RETRY });
    const connecting = admin.connect().then(() => admin);
    this.admin = connecting;
    connecting.catch(() => {
      if (this.admin === connecting) this.admin = null;
    });
    return connecting;
  }
}

function isStale(error: unknown): boolean {
  if (error instanceof KafkaJSProtocolError) return STALE.has(error.type);
  return error instanceof Error && error.cause !== undefined && isStale(error.cause);
}
