import { Caller, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request } from 'express';
import type { z } from 'zod';
import { AssignLeads } from '../usecases/assign-leads';
import { AssignLeadsFromFile } from '../usecases/assign-leads-from-file';
import { bytesOf } from './read-bytes';
import { assignment, stateQuery } from './schemas';

const LARGEST_LIST = 5 * 1024 * 1024;

/** Which institution leads on which recommendation. */
@Controller('leads')
export class LeadsController {
  constructor(
    private readonly assigning: AssignLeads,
    private readonly fromFile: AssignLeadsFromFile,
  ) {}

  /** Of all recommendations that a filter finds; refused where it does not find as many as expected. */
  @Post()
  @HttpCode(200)
  @Requires('rounds.write')
  async assign(
    @Body(zodBody(assignment)) body: z.infer<typeof assignment>,
    @Caller() caller: CallerIdentity,
  ) {
    return { assigned: await this.assigning.byFilter(caller, body) };
  }

  /** From a list, CSV or XLSX as the body. Each row that cannot be used is answered for. */
  @Post('from-file')
  @HttpCode(200)
  @Requires('rounds.write')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async assignFromFile(
    @Query(zodQuery(stateQuery)) query: z.infer<typeof stateQuery>,
    @Req() request: Request,
    @Caller() caller: CallerIdentity,
  ) {
    return this.fromFile.run(caller, query.state, await bytesOf(request, LARGEST_LIST));
  }
}
