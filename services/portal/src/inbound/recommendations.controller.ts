import { Problem, Public } from '@followthrough/service-kit';
import { Controller, Get, Header, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { sorts, type Sort } from '../domain/reading/facet-index';
import { RecommendationIndex } from '../outbound/view/recommendation-index';
import { RecommendationReader } from '../outbound/view/recommendation.reader';
import { RecommendationSearch } from '../outbound/view/recommendation-search';
import { filterOf } from './filter-of';
import { pageOf } from './paging';

const PAGE_SIZE = 20;
const OTHER_KEYS = ['page', 'sort', 'lang'];

/** Recommendations as everybody may see them. */
@Controller('recommendations')
export class RecommendationsController {
  constructor(
    private readonly index: RecommendationIndex,
    private readonly search: RecommendationSearch,
    private readonly reader: RecommendationReader,
  ) {}

  /**
   * A page of twenty with the counts of each facet, taken under all selections but the facet's own. The filter is
   * that of the whole platform, with repeated keys; `sort` is `paragraph` (the order of the document) or `newest`.
   */
  @Get()
  @Header('cache-control', 'no-cache')
  @Public()
  async list(@Query() query: Record<string, string | string[]>) {
    const filter = filterOf(query, OTHER_KEYS);
    const page = pageOf(query.page);
    const [index, found] = await Promise.all([this.index.current(), this.search.find(filter.q)]);
    const window = { first: (page - 1) * PAGE_SIZE, size: PAGE_SIZE };
    const listed = index.list(filter, found, sortOf(query.sort), window);
    return {
      total: listed.total,
      all: listed.all,
      page,
      pages: Math.ceil(listed.total / PAGE_SIZE),
      facets: listed.facets,
      recommendations: await this.reader.byNumbers(listed.page),
    };
  }

  /** One recommendation with what happened to it. One that was withdrawn says so. */
  @Get(':id')
  @Header('cache-control', 'no-cache')
  @Public()
  async one(@Param('id', ParseUUIDPipe) id: string) {
    const recommendation = await this.reader.byId(id);
    if (recommendation) return recommendation;
    throw new Problem('not-found', 'recommendation-not-found', 'There is no such recommendation.');
  }
}

function sortOf(asked: string | string[] | undefined): Sort {
  if (asked === undefined || asked === '') return 'paragraph';
  const sort = sorts.find((one) => one === asked);
  if (sort) return sort;
  throw new Problem('invalid', 'sort-not-known', `sort is one of ${sorts.join(', ')}.`);
}
