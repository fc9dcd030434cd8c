import { Database, migrate } from '@followthrough/database';
import {
  KafkaTransport,
  Messaging,
  messagingMigrations,
  type Consumer,
  type TransportTopic,
} from '@followthrough/messaging';
import { createLogger } from '@followthrough/service-kit';
import { Registry } from 'prom-client';

export interface SidePlan {
  databaseUrl: string;
  brokers: string[];
  /** So many times the partitions of the catalogue; 1 is what is shipped. */
  partitions: number;
}

const log = createLogger(process.env.LOG_LEVEL ?? 'error');

class WiderTransport extends KafkaTransport {
  constructor(
    brokers: string[],
    private readonly times: number,
  ) {
    super({
      settings: { brokers, tls: null, sasl: null, replication: 1, retentionDays: 30 },
      clientId: 'bench',
      log,
      makeTopics: true,
    });
  }

  override ensureTopics(topics: readonly TransportTopic[]): Promise<void> {
    return super.ensureTopics(
      topics.map(({ name, partitions }) => ({
        name,
        partitions: name.endsWith('.dlq') ? partitions : partitions * this.times,
      })),
    );
  }
}

/** Database and event path of one service, as the host wires them. */
export class ServiceSide {
  private messaging: Messaging | null = null;

  private constructor(
    private readonly service: string,
    readonly database: Database,
    private readonly transport: KafkaTransport,
  ) {}

  static async open(service: string, plan: SidePlan): Promise<ServiceSide> {
    await migrate({ url: plan.databaseUrl, directories: [messagingMigrations], log });
    const database = await Database.open({
      name: service,
      url: plan.databaseUrl,
      entities: [],
      poolSize: 16,
    });
    return new ServiceSide(service, database, new WiderTransport(plan.brokers, plan.partitions));
  }

  async start(consumer: Consumer): Promise<void> {
    this.messaging = await Messaging.start({
      service: this.service,
      database: this.database,
      transport: this.transport,
      consumers: [consumer],
      log,
      metrics: new Registry(),
    });
  }

  async stop(): Promise<void> {
    await this.messaging?.stop();
    this.messaging = null;
  }
}
