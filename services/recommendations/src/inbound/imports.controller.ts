import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import {
  Caller,
  Problem,
  Requires,
  zodBody,
  zodQuery,
  type CallerIdentity,
} from '@followthrough/service-kit';
import { z } from 'zod';
import { ImportReader, importView } from '../outbound/import.reader';
import { BeginImport } from '../usecases/begin-import';
import { StepImport } from '../usecases/step-import';
import { sendRejects } from './rejects-csv';
import { applyBody, importBody, mappingBody, page, uuid } from './schemas';

const paged = z.object({ page });
const rowsQuery = z.object({ page, kind: z.enum(['new', 'changed', 'unchanged']).default('new') });
type Paged = z.infer<typeof paged>;

/** Imports of files: what they hold, what was wrong with them, what applying them would do and has done. */
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportReader,
    private readonly beginning: BeginImport,
    private readonly steps: StepImport,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('imports.write')
  async begin(@Body(zodBody(importBody)) body: z.infer<typeof importBody>, @Caller() caller: CallerIdentity) {
    return importView(await this.beginning.begin(caller, body));
  }

  @Get()
  @Requires('imports.read')
  list(@Query(zodQuery(paged)) query: Paged, @Caller() caller: CallerIdentity) {
    return this.imports.list(caller, query.page);
  }

  @Get(':id')
  @Requires('imports.read')
  async find(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return importView(await this.known(caller, id));
  }

  /** Rows by what applying them would do, with the values that they would replace. */
  @Get(':id/rows')
  @Requires('imports.read')
  async rows(
    @Param('id') id: string,
    @Query(zodQuery(rowsQuery)) query: z.infer<typeof rowsQuery>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.known(caller, id);
    return this.imports.rows(id, query.kind, query.page);
  }

  @Get(':id/rejects')
  @Requires('imports.read')
  async rejects(
    @Param('id') id: string,
    @Query(zodQuery(paged)) query: Paged,
    @Caller() caller: CallerIdentity,
  ) {
    await this.known(caller, id);
    return this.imports.rejects(id, query.page);
  }

  /** Rejected rows with where they stand and what is wrong, to be mended and imported again. */
  @Get(':id/rejects.csv')
  @Requires('imports.read')
  async rejectsCsv(
    @Param('id') id: string,
    @Caller() caller: CallerIdentity,
    @Res() response: Response,
  ): Promise<void> {
    await this.known(caller, id);
    await sendRejects(response, await this.imports.rejectHeadings(id), this.imports.allRejects(id));
  }

  /** Reads the file again by this mapping. */
  @Put(':id/mapping')
  @HttpCode(202)
  @Requires('imports.write')
  async map(
    @Param('id') id: string,
    @Body(zodBody(mappingBody)) body: z.infer<typeof mappingBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.known(caller, id);
    return importView(await this.steps.map(caller, id, body.mapping));
  }

  @Post(':id/apply')
  @HttpCode(202)
  @Requires('imports.write')
  async apply(
    @Param('id') id: string,
    @Body(zodBody(applyBody)) body: z.infer<typeof applyBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.known(caller, id);
    return importView(await this.steps.apply(caller, id, body.announce));
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Requires('imports.write')
  async undo(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    await this.known(caller, id);
    return importView(await this.steps.undo(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('imports.write')
  async discard(@Param('id') id: string, @Caller() caller: CallerIdentity): Promise<void> {
    await this.known(caller, id);
    await this.steps.discard(caller, id);
  }

  private async known(caller: CallerIdentity, id: string) {
    const imported = uuid.safeParse(id).success ? await this.imports.find(caller, id) : null;
    if (!imported)
      throw new Problem('not-found', 'import-not-found', 'There is no such import among those you may see.');
    return imported;
  }
}
