import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Database } from '@followthrough/database';
import { Public, zodQuery } from '@followthrough/service-kit';
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { writeXlsxStream } from 'hucre/xlsx';
import type { z } from 'zod';
import { sheetHeadings, sheetRow } from '../domain/rounds/answer-sheet';
import { MOST_BYTES } from '../domain/rounds/evidence';
import { OwnTasks } from '../outbound/own-tasks.reader';
import { evidenceContent } from '../outbound/task-contents';
import { AttachEvidence } from '../usecases/attach-evidence';
import { missing } from '../usecases/refusal';
import type { LinkSession } from '../usecases/sign-in-by-link';
import { TakeAnswerSheet } from '../usecases/take-answer-sheet';
import { ByLink, LinkGuard } from './link.guard';
import { bytesOf } from './read-bytes';
import { fileName, sheetQuery } from './schemas';
import { sendFile } from './send-file';

const WIDTHS = [12, 10, 18, 12, 80, 40, 18, 80, 40];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Files of a task, for whoever signed in by a link: evidence, and the whole as a workbook. */
@Controller('asked/tasks/:id')
@Public()
@UseGuards(LinkGuard)
export class AskedFilesController {
  constructor(
    private readonly database: Database,
    private readonly tasks: OwnTasks,
    private readonly evidence: AttachEvidence,
    private readonly sheets: TakeAnswerSheet,
  ) {}

  @Post('answers/:recommendationId/files')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async attach(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('recommendationId', ParseUUIDPipe) recommendationId: string,
    @Query(zodQuery(fileName)) { name }: z.infer<typeof fileName>,
    @ByLink() session: LinkSession,
    @Req() request: Request,
  ) {
    return this.evidence.add(session, id, recommendationId, {
      name,
      bytes: await bytesOf(request, MOST_BYTES),
    });
  }

  @Get('files/:fileId')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @ByLink() session: LinkSession,
    @Res() response: Response,
  ): Promise<void> {
    const { addressHmac } = session;
    const only = await this.tasks.reach(addressHmac, id);
    const file = only === undefined ? null : await evidenceContent(this.database, id, fileId, only);
    if (!file) throw missing('file');
    sendFile(response, file);
  }

  @Delete('files/:fileId')
  @HttpCode(204)
  async detach(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @ByLink() session: LinkSession,
  ): Promise<void> {
    await this.evidence.remove(session, id, fileId);
  }

  /** The whole task as a workbook. Strings are text cells, which no spreadsheet program runs. */
  @Get('answers.xlsx')
  async sheet(
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(sheetQuery)) { lang }: z.infer<typeof sheetQuery>,
    @ByLink() session: LinkSession,
    @Res() response: Response,
  ): Promise<void> {
    const { addressHmac } = session;
    const contents = await this.tasks.contents(addressHmac, id);
    if (!contents) throw missing('task');
    const rows = contents.map((entry) => sheetRow(entry, lang));
    const sheet = writeXlsxStream(rows, {
      name: 'Answers',
      columns: sheetHeadings(lang).map((header, at) => ({ header, width: WIDTHS[at] })),
      freezePane: { rows: 1 },
    });
    response.set({
      'content-type': XLSX,
      'content-disposition': 'attachment; filename="answers.xlsx"',
      'cache-control': 'private, no-store',
    });
    await pipeline(Readable.fromWeb(sheet as ReadableStream), response);
  }

  /** Takes the workbook back, XLSX or CSV as the body. Each row that cannot be used is answered for. */
  @Put('answers.xlsx')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async takeSheet(
    @Param('id', ParseUUIDPipe) id: string,
    @ByLink() session: LinkSession,
    @Req() request: Request,
  ) {
    return this.sheets.run(session, id, await bytesOf(request, MOST_BYTES));
  }
}
