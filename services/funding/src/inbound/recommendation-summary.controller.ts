import { Public } from '@followthrough/service-kit';
import { Controller, Get } from '@nestjs/common';
import { RecommendationCopies } from '../outbound/recommendation-copies';

@Controller('recommendations')
export class RecommendationSummaryController {
  constructor(private readonly copies: RecommendationCopies) {}

  /** How many recommendations money can be matched with, by goal of the 2030 Agenda. */
  @Get('summary')
  @Public()
  summary() {
    return this.copies.summary();
  }
}
