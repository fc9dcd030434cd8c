import { Module } from '@nestjs/common';
import { RecommendationSummaryController } from './inbound/recommendation-summary.controller';
import { RecommendationCopies } from './outbound/recommendation-copies';

@Module({
  controllers: [RecommendationSummaryController],
  providers: [RecommendationCopies],
})
export class AppModule {}
