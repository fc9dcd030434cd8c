import { catalogue } from '@followthrough/contracts';
import { Database, migrate } from '@followthrough/database';
import { consumer, handler, KafkaTransport, Messaging, messagingMigrations } from '@followthrough/messaging';
import { createLogger } from '@followthrough/service-kit';
import { Registry } from 'prom-client';
import { WITNESS_GROUP, WITNESSED_SERVICE, WITNESSED_TABLE } from './witness';

/** `node witness-main.js`: what it is told goes through the same library as in a service, inbox and all. */
async function main(): Promise<void> {
  const { DATABASE_URL: url = '', KAFKA_BROKERS: brokers = '', KAFKA_REPLICATION = '' } = process.env;
  const log = createLogger('error');
  await migrate({ url, directories: [messagingMigrations], log });
  const database = await Database.open({ name: 'witness', url, entities: [], poolSize: 8 });
  await database.query(WITNESSED_TABLE);
  const transport = new KafkaTransport({
    settings: {
      brokers: brokers.split(','),
      tls: null,
      sasl: null,
      replication: Number(KAFKA_REPLICATION),
      retentionDays: 30,
    },
    clientId: 'witness',
    log,
    makeTopics: true,
  });
  const events = catalogue
    .filter(({ consumers }) => consumers.includes(WITNESSED_SERVICE))
    .map(({ type }) => type);
  const witness = handler({
    events,
    snapshots: true,
    handle: async (tx, batch) => {
      await tx.query(
        `insert into witnessed (event_id, aggregate_id, version)
         select * from unnest($1::uuid[], $2::text[], $3::bigint[])`,
        [
          batch.map(({ id }) => id),
          batch.map((event) => event.aggregateId),
          batch.map((event) => event.version),
        ],
      );
    },
  });
  const messaging = await Messaging.start({
    service: WITNESSED_SERVICE,
    database,
    transport,
    consumers: [consumer(WITNESS_GROUP, [witness])],
    log,
    metrics: new Registry(),
  });
  const stop = async (): Promise<void> => {
    await messaging.stop();
    await transport.close();
    await database.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop().catch(() => process.exit(1)));
  process.once('disconnect', () => process.exit(0));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
