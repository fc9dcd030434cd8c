import { Database } from '@followthrough/database';
import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { Board } from '../outbound/board.reader';
import { evidenceContent } from '../outbound/task-contents';
import { DecideTask } from '../usecases/decide-task';
import { missing } from '../usecases/refusal';
import { returning, seenVersion } from './schemas';
import { sendFile } from './send-file';

/** What single institutions report, for those who are signed in: read, release, return. */
@Controller('round-tasks')
export class RoundTasksController {
  constructor(
    private readonly database: Database,
    private readonly board: Board,
    private readonly deciding: DecideTask,
  ) {}

  @Get(':id')
  @Requires('rounds.read')
  find(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.known(caller, id);
  }

  @Get(':id/files/:fileId')
  @Requires('rounds.read')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Caller() caller: CallerIdentity,
    @Res() response: Response,
  ): Promise<void> {
    await this.known(caller, id);
    const file = await evidenceContent(this.database, id, fileId, null);
    if (!file) throw missing('file');
    sendFile(response, file);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Requires('rounds.release')
  async release(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(seenVersion)) body: z.infer<typeof seenVersion>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.deciding.release(caller, id, body.version);
    return this.known(caller, id);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Requires('rounds.release')
  async return(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(returning)) body: z.infer<typeof returning>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.deciding.return(caller, id, body.version, body.reason);
    return this.known(caller, id);
  }

  private async known(caller: CallerIdentity, id: string) {
    const found = await this.board.task(id);
    if (!found || !caller.can('rounds.read', found.round.stateUnderReview)) throw missing('task');
    return found;
  }
}
