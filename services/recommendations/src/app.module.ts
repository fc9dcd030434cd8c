import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { ImportFunnel, ImportMeters, UploadStore } from '@followthrough/imports';
import { CONFIG, METRICS, type RuntimeConfig } from '@followthrough/service-kit';
import type { Registry } from 'prom-client';
import { AssessmentsController } from './inbound/assessments.controller';
import { DevelopmentsController } from './inbound/developments.controller';
import { ExportController } from './inbound/export.controller';
import { ImportsController } from './inbound/imports.controller';
import { MappingTemplatesController } from './inbound/mapping-templates.controller';
import { OpenQuestionsController } from './inbound/open-questions.controller';
import { RecommendationsController } from './inbound/recommendations.controller';
import { UploadsController } from './inbound/uploads.controller';
import { AssessmentReader } from './outbound/assessments/assessment.reader';
import { DevelopmentReader } from './outbound/developments/development.reader';
import { ImportBell } from './outbound/import-bell';
import { ImportReader } from './outbound/import.reader';
import { ProvenanceReader } from './outbound/provenance.reader';
import { QuestionReader } from './outbound/question.reader';
import { RecommendationFileReader } from './outbound/recommendation-file.reader';
import { RecommendationReader } from './outbound/recommendation.reader';
import { TemplateStore } from './outbound/template.store';
import { AnswerAssessment } from './usecases/answer-assessment';
import { AnswerQuestion } from './usecases/answer-question';
import { Assess } from './usecases/assess';
import { BeginImport } from './usecases/begin-import';
import { DecideFields } from './usecases/decide-fields';
import { DevelopmentsFromFile } from './usecases/developments-from-file';
import { LoadDemo } from './usecases/load-demo';
import { RecommendationSubject } from './usecases/recommendation-subject';
import { SaveTemplate } from './usecases/save-template';
import { StepImport } from './usecases/step-import';
import { StoreUpload } from './usecases/store-upload';
import { TellState } from './usecases/tell-state';
import { WriteDevelopment } from './usecases/write-development';

@Module({
  controllers: [
    UploadsController,
    ImportsController,
    MappingTemplatesController,
    OpenQuestionsController,
    RecommendationsController,
    ExportController,
    DevelopmentsController,
    AssessmentsController,
  ],
  providers: [
    StoreUpload,
    BeginImport,
    StepImport,
    AnswerQuestion,
    DecideFields,
    SaveTemplate,
    LoadDemo,
    TellState,
    WriteDevelopment,
    DevelopmentsFromFile,
    Assess,
    AnswerAssessment,

    RecommendationSubject,
    {
      provide: ImportFunnel,
      inject: [Database, CONFIG, METRICS, RecommendationSubject],
      useFactory: (
        database: Database,
        config: RuntimeConfig,
        metrics: Registry,
        subject: RecommendationSubject,
      ) =>
        new ImportFunnel(
          database,
          new UploadStore(database, join(config.dataDir, 'reading')),
          subject,
          new ImportMeters(metrics, database),
        ),
    },

    ImportBell,
    ImportReader,
    AssessmentReader,
    DevelopmentReader,
    ProvenanceReader,
    QuestionReader,
    RecommendationFileReader,
    RecommendationReader,
    TemplateStore,
  ],
})
export class AppModule {}
