import { join } from 'node:path';

export { consumer, handler, type Consumer, type Handler } from './consumer';
export { supersedes, type AggregateVersion, type OutgoingEvent, type ReceivedEvent } from './events';
export { LaterError, NeverError } from './failures';
export { publish } from './publish';

/** Folder of the migrations that every service database needs: outbox, inbox, deferred and parked events. */
export const messagingMigrations = join(__dirname, '..', 'migrations');

/** Folder of the migrations of the embedded event log's own database. */
export const eventLogMigrations = join(__dirname, '..', 'log-migrations');
