import { join } from 'node:path';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer } from '@followthrough/messaging';
import { serviceKitMigrations, type ServiceDefinition } from '@followthrough/service-kit';
import { AppModule } from './app.module';
import { notificationsConsumer } from './inbound/consumer';
import { jobs } from './inbound/jobs';

export const notificationsService: ServiceDefinition<Consumer, JobDefinition> = {
  name: 'notifications',
  migrations: [serviceKitMigrations, messagingMigrations, join(__dirname, '..', 'migrations')],
  entities: [],
  module: () => AppModule,
  consumers: (app) => [notificationsConsumer(app)],
  jobs,
  ownedTables: [
    'recipient',
    'erased_member',
    'address',
    'follow_request',
    'subscription',
    'recommendation_copy',
    'voice_copy',
    'import_progress',
    'digest',
    'notice',
    'delivery',
    'attempt',
    'mailbox_message',
    'audit_record',
  ],
};
