import { join } from 'node:path';
import { ImportEntity, ImportFunnel, importsMigrations } from '@followthrough/imports';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer, type SnapshotSource } from '@followthrough/messaging';
import { Clock, serviceKitMigrations, type ServiceDefinition } from '@followthrough/service-kit';
import { AppModule } from './app.module';
import { recommendationsConsumer } from './inbound/consumer';
import { advanceImportJob, sweepImportsJob } from './inbound/import.jobs';
import { TellState } from './usecases/tell-state';

export const recommendationsService: ServiceDefinition<Consumer, JobDefinition, SnapshotSource> = {
  name: 'recommendations',
  migrations: [
    serviceKitMigrations,
    messagingMigrations,
    importsMigrations,
    join(__dirname, '..', 'migrations'),
  ],
  entities: [ImportEntity],
  module: () => AppModule,
  consumers: (app) => [recommendationsConsumer(app)],
  jobs: (app) => [
    advanceImportJob(app.get(ImportFunnel)),
    sweepImportsJob(app.get(ImportFunnel), app.get(Clock)),
  ],
  snapshots: (app) => app.get(TellState),
  ownedTables: [
    'chunk',
    'upload',
    'upload_chunk',
    'import',
    'source_record',
    'import_row',
    'import_reject',
    'source_membership',
    'recommendation',
    'decision',
    'open_question',
    'mapping_template',
    'organisation_copy',
    'development',
    'development_recommendation',
    'assessment',
    'assessment_edition',
    'assessment_answer',
    'voice_transition',
    'audit_record',
  ],
};
