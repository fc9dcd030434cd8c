import { Database } from '@followthrough/database';
import {
  Caller,
  Requires,
  zodBody,
  zodQuery,
  type CallerIdentity,
  type Permission,
} from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Board } from '../outbound/board.reader';
import { RoundPreview } from '../outbound/round-preview';
import { findRound, roundsIn, type RoundRow } from '../outbound/round-rows';
import { CloseRound } from '../usecases/close-round';
import { MoveDeadline } from '../usecases/move-deadline';
import { OpenRound } from '../usecases/open-round';
import { PrepareRound } from '../usecases/prepare-round';
import { missing } from '../usecases/refusal';
import { boardQuery, changedRound, movedDeadline, newRound, opening, seenVersion } from './schemas';

/** Reporting rounds: the institutions are asked, and a board shows who has answered. */
@Controller('rounds')
export class RoundsController {
  constructor(
    private readonly database: Database,
    private readonly board: Board,
    private readonly previews: RoundPreview,
    private readonly preparing: PrepareRound,
    private readonly opening: OpenRound,
    private readonly deadlines: MoveDeadline,
    private readonly closing: CloseRound,
  ) {}

  @Get()
  @Requires('rounds.read')
  async list(@Caller() caller: CallerIdentity) {
    return { rounds: await roundsIn(this.database, caller.statesFor('rounds.read')) };
  }

  @Post()
  @Requires('rounds.write')
  prepare(@Body(zodBody(newRound)) body: z.infer<typeof newRound>, @Caller() caller: CallerIdentity) {
    const { stateUnderReview, ...fields } = body;
    return this.preparing.begin(caller, stateUnderReview, fields);
  }

  @Get(':id')
  @Requires('rounds.read')
  find(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.known(caller, id, 'rounds.read');
  }

  /** A draft; after it was opened only its due date moves. */
  @Put(':id')
  @Requires('rounds.write')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(changedRound)) body: z.infer<typeof changedRound>,
    @Caller() caller: CallerIdentity,
  ) {
    const { version, ...fields } = body;
    return this.preparing.change(caller, id, version, fields);
  }

  /** Whom opening it now would ask about how many recommendations, and how many have no lead institution. */
  @Get(':id/preview')
  @Requires('rounds.write')
  async preview(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.previews.counts(this.database, await this.known(caller, id, 'rounds.write'));
  }

  /** Asks the institutions, one mail each. */
  @Post(':id/open')
  @HttpCode(200)
  @Requires('rounds.write')
  async open(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(opening)) body: z.infer<typeof opening>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.opening.run(caller, id, body);
    return this.known(caller, id, 'rounds.write');
  }

  @Put(':id/due-date')
  @Requires('rounds.write')
  async moveDeadline(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(movedDeadline)) body: z.infer<typeof movedDeadline>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.deadlines.run(caller, id, body.version, body.dueOn);
    return this.known(caller, id, 'rounds.write');
  }

  @Post(':id/close')
  @HttpCode(200)
  @Requires('rounds.write')
  async close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(seenVersion)) body: z.infer<typeof seenVersion>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.closing.run(caller, id, body.version);
    return this.known(caller, id, 'rounds.write');
  }

  /** Who has answered, who is late, and whose answers were returned, with the reason. */
  @Get(':id/board')
  @Requires('rounds.read')
  async showBoard(
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(boardQuery)) query: z.infer<typeof boardQuery>,
    @Caller() caller: CallerIdentity,
  ) {
    return this.board.of(await this.known(caller, id, 'rounds.read'), query.standing);
  }

  private async known(caller: CallerIdentity, id: string, permission: Permission): Promise<RoundRow> {
    const round = await findRound(this.database, id);
    if (!round || !caller.can(permission, round.stateUnderReview)) throw missing('round');
    return round;
  }
}
