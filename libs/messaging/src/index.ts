import { join } from 'node:path';

export { consumer, type Consumer } from './consumer';
export { handler, type Handler } from './handler';
export { supersedes, type AggregateVersion, type OutgoingEvent, type ReceivedEvent } from './events';
export { LaterError, NeverError } from './failures';
export { Messaging, platformTopics, type MessagingOptions } from './messaging';
export { backlogOf, type Backlog } from './operations/backlog';
export { EventsAtWork } from './operations/events-at-work';
export { OperationsModule } from './operations/operations.module';
export { publish } from './publish';
export { tableCopy } from './snapshot/table-copy';
export type { Copy } from './snapshot/take-snapshot';
export { tellSnapshotJob, type SnapshotPage, type SnapshotSource } from './snapshot/tell-snapshot';
export { EmbeddedTransport, type EmbeddedTransportOptions } from './transport/embedded/embedded-transport';
export { KafkaTransport, type KafkaTransportOptions } from './transport/kafka/kafka-transport';
export type { StoredRecord, Transport, TransportTopic } from './transport/transport';

/** Folder of the migrations that every service database needs: outbox, inbox, deferred and parked events. */
export const messagingMigrations = join(__dirname, '..', 'migrations');

/** Folder of the migrations of the embedded event log's own database. */
export const eventLogMigrations = join(__dirname, '..', 'log-migrations');
