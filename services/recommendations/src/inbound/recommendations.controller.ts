import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  Caller,
  Problem,
  Public,
  Requires,
  zodBody,
  zodQuery,
  type CallerIdentity,
} from '@followthrough/service-kit';
import { z } from 'zod';
import { ProvenanceReader } from '../outbound/provenance.reader';
import { recommendationView } from '../outbound/recommendation-view';
import { RecommendationReader } from '../outbound/recommendation.reader';
import { DecideFields } from '../usecases/decide-fields';
import { listQuery } from './list-query';
import { bulkEditBody, editBody, uuid } from './schemas';

const lookupQuery = z.object({
  symbol: z.string().trim().min(1).max(100).describe('Symbol of the document, such as A/HRC/59/15.'),
  paragraph: z.string().trim().min(1).max(50).describe('As written: 140.10 is not 140.1.'),
});

/** Recommendations as they are held true. What is public needs no sign-in; internal fields come to those who may. */
@Controller('recommendations')
export class RecommendationsController {
  constructor(
    private readonly recommendations: RecommendationReader,
    private readonly provenance: ProvenanceReader,
    private readonly deciding: DecideFields,
  ) {}

  @Get()
  @Public()
  list(@Query() query: Record<string, unknown>, @Caller() caller: CallerIdentity | null) {
    const { filter, page, sort } = listQuery(query);
    return this.recommendations.list(caller, filter, page, sort);
  }

  /**
   * By document symbol and paragraph, as they are cited: those that say exactly this and are not withdrawn, ordinarily
   * one, several where a paragraph is addressed to more than one State.
   */
  @Get('lookup')
  @Public()
  async lookup(
    @Query(zodQuery(lookupQuery)) query: z.infer<typeof lookupQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    const rows = await this.recommendations.lookup(query.symbol, query.paragraph);
    return { recommendations: rows.map((row) => recommendationView(row, caller)) };
  }

  /** With the provenance of each value, down to the rows of the files it came from. */
  @Get(':id')
  @Public()
  async find(@Param('id') id: string, @Caller() caller: CallerIdentity | null) {
    const row = await this.known(id);
    return { ...recommendationView(row, caller), provenance: await this.provenance.of(row, caller) };
  }

  @Patch(':id')
  @Requires('recommendations.internal.write')
  async edit(
    @Param('id') id: string,
    @Body(zodBody(editBody)) body: z.infer<typeof editBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.known(id);
    await this.deciding.one(caller, id, body.set, body.announce);
    return this.find(id, caller);
  }

  /** Sets the same fields of all that a filter finds; refused where it does not find as many as expected. */
  @Post('bulk-edit')
  @HttpCode(200)
  @Requires('recommendations.internal.write')
  async bulkEdit(
    @Body(zodBody(bulkEditBody)) body: z.infer<typeof bulkEditBody>,
    @Caller() caller: CallerIdentity,
  ) {
    const { filter, set, expected, announce } = body;
    return { changed: await this.deciding.all(caller, filter, set, { expected, announce }) };
  }

  private async known(id: string) {
    const row = uuid.safeParse(id).success ? await this.recommendations.find(id) : null;
    if (!row) throw new Problem('not-found', 'recommendation-not-found', 'There is no such recommendation.');
    return row;
  }
}
