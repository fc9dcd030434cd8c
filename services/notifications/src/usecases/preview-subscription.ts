import type { RecommendationFilter } from '@followthrough/contracts';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { RecommendationCopies, type Preview } from '../outbound/recommendation-copies';

const WEEKS = 12;
const WEEK_MS = 7 * 86_400_000;

/** Says how many recommendations a filter asks for now, and how many a week were news in the last twelve. */
@Injectable()
export class PreviewSubscription {
  constructor(
    private readonly copies: RecommendationCopies,
    private readonly clock: Clock,
  ) {}

  run(filter: RecommendationFilter): Promise<Preview> {
    const since = new Date(this.clock.now().getTime() - WEEKS * WEEK_MS);
    return this.copies.preview(filter, since, WEEKS);
  }
}
