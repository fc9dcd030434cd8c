import { join } from 'node:path';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer } from '@followthrough/messaging';
import { serviceKitMigrations, type ServiceDefinition } from '@followthrough/service-kit';
import { AppModule } from './app.module';
import { recommendationsConsumer } from './inbound/recommendations.consumer';
import { roundJobs } from './inbound/round-jobs';
import { RecommendationCopies } from './outbound/recommendation-copies';

export const consultationsService: ServiceDefinition<Consumer, JobDefinition> = {
  name: 'consultations',
  migrations: [serviceKitMigrations, messagingMigrations, join(__dirname, '..', 'migrations')],
  entities: [],
  module: () => AppModule,
  consumers: (app) => [recommendationsConsumer(app.get(RecommendationCopies))],
  jobs: roundJobs,
  ownedTables: [
    'recommendation_copy',
    'institution',
    'lead_assignment',
    'holiday',
    'round',
    'round_task',
    'round_task_recommendation',
    'round_transition',
    'answer',
    'evidence_file',
    'released_answer',
    'task_access',
    'scheduled_reminder',
    'round_mail',
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
