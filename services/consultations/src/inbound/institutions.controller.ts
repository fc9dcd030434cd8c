import { Database } from '@followthrough/database';
import { Caller, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import type { z } from 'zod';
import { Institutions } from '../outbound/institutions';
import { KeepInstitution } from '../usecases/keep-institution';
import { notYourState } from '../usecases/refusal';
import { changedInstitution, newInstitution, stateQuery } from './schemas';

/** Institutions that lead on recommendations. They need no account; their addresses are seen by whoever keeps them. */
@Controller('institutions')
export class InstitutionsController {
  constructor(
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly keeping: KeepInstitution,
  ) {}

  @Get()
  @Requires('rounds.write')
  async list(
    @Query(zodQuery(stateQuery)) query: z.infer<typeof stateQuery>,
    @Caller() caller: CallerIdentity,
  ) {
    if (!caller.can('rounds.write', query.state)) throw notYourState();
    return { institutions: await this.institutions.of(this.database, query.state) };
  }

  @Post()
  @Requires('rounds.write')
  register(
    @Body(zodBody(newInstitution)) body: z.infer<typeof newInstitution>,
    @Caller() caller: CallerIdentity,
  ) {
    const { stateUnderReview, ...fields } = body;
    return this.keeping.register(caller, stateUnderReview, fields);
  }

  /** A new contact address takes over the open tasks: the old link ends. */
  @Put(':id')
  @Requires('rounds.write')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(changedInstitution)) body: z.infer<typeof changedInstitution>,
    @Caller() caller: CallerIdentity,
  ) {
    const { version, ...fields } = body;
    return this.keeping.change(caller, id, version, fields);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('rounds.write')
  remove(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    return this.keeping.remove(caller, id);
  }
}
