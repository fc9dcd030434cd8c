import { Public } from '@followthrough/service-kit';
import { Controller, Get } from '@nestjs/common';
import { RecommendationCopies } from '../outbound/recommendation-copies';

@Controller('recommendations')
export class RecommendationSummaryController {
  constructor(private readonly copies: RecommendationCopies) {}

  /** How many recommendations can be consulted on, by position of the State. */
  @Get('summary')
  @Public()
  summary() {
    return this.copies.summary();
  }
}
