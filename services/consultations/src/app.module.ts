import { Module } from '@nestjs/common';
import { ConsultationsController } from './inbound/consultation/consultations.controller';
import { SubmissionsController } from './inbound/consultation/submissions.controller';
import { RecommendationSummaryController } from './inbound/recommendation-summary.controller';
import { ActionsController } from './inbound/roadmap/actions.controller';
import { RoadmapsController } from './inbound/roadmap/roadmaps.controller';
import { WorkbookController } from './inbound/roadmap/workbook.controller';
import { ConsultationReader } from './outbound/consultation/consultation.reader';
import { LineageReader } from './outbound/consultation/lineage.reader';
import { RecommendationCopies } from './outbound/recommendation-copies';
import { PlanFileReader } from './outbound/roadmap/plan-file.reader';
import { RoadmapReader } from './outbound/roadmap/roadmap.reader';
import { Convene } from './usecases/consultation/convene';
import { Dispose } from './usecases/consultation/dispose';
import { HandIn } from './usecases/consultation/hand-in';
import { HoldMeeting } from './usecases/consultation/hold-meeting';
import { StepConsultation } from './usecases/consultation/step-consultation';
import { DraftRoadmap } from './usecases/roadmap/draft-roadmap';
import { EditAction } from './usecases/roadmap/edit-action';
import { ImportPlan } from './usecases/roadmap/import-plan';
import { RecordValue } from './usecases/roadmap/record-value';
import { StepAction } from './usecases/roadmap/step-action';
import { StepRoadmap } from './usecases/roadmap/step-roadmap';

@Module({
  controllers: [
    RecommendationSummaryController,
    WorkbookController,
    RoadmapsController,
    ActionsController,
    ConsultationsController,
    SubmissionsController,
  ],
  providers: [
    DraftRoadmap,
    EditAction,
    StepRoadmap,
    StepAction,
    RecordValue,
    ImportPlan,

    Convene,
    HandIn,
    HoldMeeting,
    Dispose,
    StepConsultation,

    RecommendationCopies,
    PlanFileReader,
    RoadmapReader,
    ConsultationReader,
    LineageReader,
  ],
})
export class AppModule {}
