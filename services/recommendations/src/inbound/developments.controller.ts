import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import {
  Caller,
  Problem,
  Public,
  Requires,
  zodBody,
  zodQuery,
  type CallerIdentity,
} from '@followthrough/service-kit';
import type { Request } from 'express';
import { z } from 'zod';
import { developmentView } from '../outbound/developments/development-view';
import { DevelopmentReader } from '../outbound/developments/development.reader';
import { DevelopmentsFromFile } from '../usecases/developments-from-file';
import { maySeeDevelopment, noSuchDevelopment, WriteDevelopment } from '../usecases/write-development';
import {
  developmentBody,
  developmentEdit,
  developmentsQuery,
  publishBody,
  reasonBody,
  versionBody,
} from './voice-schemas';

const listQuery = z.object({ submit: z.stringbool().default(false) });
const LARGEST_LIST = 5 * 1024 * 1024;

/** What has happened: dated facts about recommendations, reviewed before they are public. */
@Controller('developments')
export class DevelopmentsController {
  constructor(
    private readonly developments: DevelopmentReader,
    private readonly writing: WriteDevelopment,
    private readonly lists: DevelopmentsFromFile,
  ) {}

  /** What is public; besides, the caller's organisation's own, and what the caller may review. */
  @Get()
  @Public()
  async list(
    @Query(zodQuery(developmentsQuery)) { page, ...filter }: z.infer<typeof developmentsQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    const { rows, ...listed } = await this.developments.list(caller, filter, page);
    return { ...listed, developments: rows.map((row) => developmentView(row)) };
  }

  /** One that was public and has been withdrawn says so. */
  @Get(':id')
  @Public()
  async find(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    const row = await this.developments.find(id);
    if (!row || !maySeeDevelopment(caller, row)) throw noSuchDevelopment();
    return developmentView(row);
  }

  @Post()
  @Requires('developments.write')
  async write(
    @Body(zodBody(developmentBody)) { submit, ...text }: z.infer<typeof developmentBody>,
    @Caller() caller: CallerIdentity,
  ) {
    return this.find(await this.writing.draft(caller, text, submit), caller);
  }

  /**
   * Writes the developments of a list, CSV or XLSX as the body, with the headings kind, date, title, link and either
   * recommendation id or document symbol and paragraph; text and language where wanted. Each row is answered for.
   */
  @Post('from-file')
  @HttpCode(200)
  @Requires('developments.write')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async writeList(
    @Query(zodQuery(listQuery)) { submit }: z.infer<typeof listQuery>,
    @Req() request: Request,
    @Caller() caller: CallerIdentity,
  ) {
    const rows = await this.lists.all(await bodyOf(request), caller, submit);
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    return { written: count('written'), present: count('present'), rejected: count('rejected'), rows };
  }

  @Patch(':id')
  @Requires('developments.write')
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(developmentEdit)) { version, set }: z.infer<typeof developmentEdit>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.writing.edit(caller, id, version, set);
    return this.find(id, caller);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Requires('developments.write')
  async submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(versionBody)) body: z.infer<typeof versionBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.writing.step(caller, id, 'submit', body);
    return this.find(id, caller);
  }

  /** By another person than its author. `announce` false enters the past: nobody is told. */
  @Post(':id/publish')
  @HttpCode(200)
  @Requires('developments.review')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(publishBody)) body: z.infer<typeof publishBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.writing.step(caller, id, 'publish', body);
    return this.find(id, caller);
  }

  /** Back to its author, with a reason. From then on it is the author's organisation's alone to see. */
  @Post(':id/return')
  @HttpCode(204)
  @Requires('developments.review')
  giveBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(reasonBody)) body: z.infer<typeof reasonBody>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    return this.writing.step(caller, id, 'return', body);
  }

  @Post(':id/withdraw')
  @HttpCode(204)
  @Requires('developments.write')
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(reasonBody)) body: z.infer<typeof reasonBody>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    return this.writing.step(caller, id, 'withdraw', body);
  }
}

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_LIST)
      throw new Problem('too-large', 'list-too-large', 'The list is larger than 5 MB: split it.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
