import { Module } from '@nestjs/common';
import { RecommendationSummaryController } from './inbound/recommendation-summary.controller';
import { ActionsController } from './inbound/roadmap/actions.controller';
import { RoadmapsController } from './inbound/roadmap/roadmaps.controller';
import { WorkbookController } from './inbound/roadmap/workbook.controller';
import { RecommendationCopies } from './outbound/recommendation-copies';
import { PlanFileReader } from './outbound/roadmap/plan-file.reader';
import { RoadmapReader } from './outbound/roadmap/roadmap.reader';
import { DraftRoadmap } from './usecases/roadmap/draft-roadmap';
import { EditAction } from './usecases/roadmap/edit-action';
import { ImportPlan } from './usecases/roadmap/import-plan';
import { RecordValue } from './usecases/roadmap/record-value';
import { StepAction } from './usecases/roadmap/step-action';
import { StepRoadmap } from './usecases/roadmap/step-roadmap';

@Module({
  controllers: [RecommendationSummaryController, WorkbookController, RoadmapsController, ActionsController],
  providers: [
    DraftRoadmap,
    EditAction,
    StepRoadmap,
    StepAction,
    RecordValue,
    ImportPlan,

    RecommendationCopies,
    PlanFileReader,
    RoadmapReader,
  ],
})
export class AppModule {}
