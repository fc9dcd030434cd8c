import { Problem, Public } from '@followthrough/service-kit';
import { Controller, Get, Header, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { threadOf } from '../domain/reading/thread';
import { RecommendationIndex } from '../outbound/view/recommendation-index';
import { RecommendationReader } from '../outbound/view/recommendation.reader';
import { RecommendationSearch } from '../outbound/view/recommendation-search';
import { VoiceReader } from '../outbound/view/voice.reader';
import { filterOf } from './filter-of';

const OTHER_KEYS = ['lang'];

/** What has happened, and who says so, as everybody may see it. */
@Controller()
export class VoicesController {
  constructor(
    private readonly index: RecommendationIndex,
    private readonly search: RecommendationSearch,
    private readonly recommendations: RecommendationReader,
    private readonly voices: VoiceReader,
  ) {}

  /** The thread of a recommendation, what has happened to it, and the verdicts side by side. */
  @Get('recommendations/:id/voices')
  @Header('cache-control', 'no-cache')
  @Public()
  async about(@Param('id', ParseUUIDPipe) id: string) {
    const recommendation = await this.recommendations.byId(id);
    if (!recommendation) {
      throw new Problem('not-found', 'recommendation-not-found', 'There is no such recommendation.');
    }
    const said = await this.voices.about(id);
    const { reviewDate, recordedAt, position } = recommendation;
    const recordedOn = reviewDate || recordedAt.toISOString().slice(0, 10);
    return { thread: threadOf({ ...said, recordedOn, position }), ...said };
  }

  /**
   * Of the recommendations that a filter finds, for how many each voice gives each verdict: every figure names its
   * voice. What ministries report about their own actions comes beside it with the consultations.
   */
  @Get('voices')
  @Header('cache-control', 'no-cache')
  @Public()
  async counts(@Query() query: Record<string, string | string[]>) {
    const filter = filterOf(query, OTHER_KEYS);
    const [index, found] = await Promise.all([this.index.current(), this.search.find(filter.q)]);
    const listed = index.list(filter, found, 'paragraph', { first: 0, size: Number.MAX_SAFE_INTEGER });
    return { total: listed.total, assessed: await this.voices.counts(listed.page) };
  }
}
