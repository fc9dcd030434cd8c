import { join } from 'node:path';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer } from '@followthrough/messaging';
import { serviceKitMigrations, type ServiceDefinition } from '@followthrough/service-kit';
import { AppModule } from './app.module';
import { recommendationsConsumer } from './inbound/recommendations.consumer';
import { RecommendationCopies } from './outbound/recommendation-copies';

export const consultationsService: ServiceDefinition<Consumer, JobDefinition> = {
  name: 'consultations',
  migrations: [serviceKitMigrations, messagingMigrations, join(__dirname, '..', 'migrations')],
  entities: [],
  module: () => AppModule,
  consumers: (app) => [recommendationsConsumer(app.get(RecommendationCopies))],
  jobs: () => [],
  ownedTables: [
    'recommendation_copy',
    'roadmap',
    'roadmap_action',
    'action_recommendation',
    'roadmap_version',
    'roadmap_transition',
    'indicator_value',
    'roadmap_reject',
    'consultation',
    'consultation_recommendation',
    'consultation_invitation',
    'submission',
    'submission_section',
    'disposition',
    'lineage',
    'consultation_meeting',
    'consultation_transition',
    'audit_record',
  ],
};
