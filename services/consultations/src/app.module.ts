import { Module } from '@nestjs/common';
import { RecommendationSummaryController } from './inbound/recommendation-summary.controller';
import { ActionsController } from './inbound/roadmap/actions.controller';
import { RoadmapsController } from './inbound/roadmap/roadmaps.controller';
import { RecommendationCopies } from './outbound/recommendation-copies';
import { RoadmapReader } from './outbound/roadmap/roadmap.reader';
import { DraftRoadmap } from './usecases/roadmap/draft-roadmap';
import { EditAction } from './usecases/roadmap/edit-action';
import { RecordValue } from './usecases/roadmap/record-value';
import { StepAction } from './usecases/roadmap/step-action';
import { StepRoadmap } from './usecases/roadmap/step-roadmap';

@Module({
  controllers: [RecommendationSummaryController, RoadmapsController, ActionsController],
  providers: [
    DraftRoadmap,
    EditAction,
    StepRoadmap,
    StepAction,
    RecordValue,

    RecommendationCopies,
    RoadmapReader,
  ],
})
export class AppModule {}
