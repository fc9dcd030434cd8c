import { join } from 'node:path';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer } from '@followthrough/messaging';
import { serviceKitMigrations, type ServiceDefinition } from '@followthrough/service-kit';
import { AppModule } from './app.module';
import { recommendationsConsumer } from './inbound/recommendations.consumer';
import { RecommendationCopies } from './outbound/recommendation-copies';

export const fundingService: ServiceDefinition<Consumer, JobDefinition> = {
  name: 'funding',
  migrations: [serviceKitMigrations, messagingMigrations, join(__dirname, '..', 'migrations')],
  entities: [],
  module: () => AppModule,
  consumers: (app) => [recommendationsConsumer(app.get(RecommendationCopies))],
  jobs: () => [],
  ownedTables: ['recommendation_copy', 'audit_record'],
};
