import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { Caller, Public, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { z } from 'zod';
import { RoadmapReader } from '../../outbound/roadmap/roadmap.reader';
import { EditAction } from '../../usecases/roadmap/edit-action';
import { RecordValue } from '../../usecases/roadmap/record-value';
import { StepAction } from '../../usecases/roadmap/step-action';
import { actionChange, actionStep, newValue, removal, uuid, writtenAction } from './schemas';

const coveringQuery = z.object({ recommendationId: uuid });

/** Actions of roadmaps, the course that they take, and the values of their indicators. */
@Controller()
export class ActionsController {
  constructor(
    private readonly roadmaps: RoadmapReader,
    private readonly editing: EditAction,
    private readonly stepping: StepAction,
    private readonly recording: RecordValue,
  ) {}

  /** Actions in force that cover a recommendation. */
  @Get('actions')
  @Public()
  async covering(@Query(zodQuery(coveringQuery)) { recommendationId }: z.infer<typeof coveringQuery>) {
    return { actions: await this.roadmaps.covering(recommendationId) };
  }

  @Post('roadmaps/:id/actions')
  @Requires('roadmaps.write')
  async add(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(writtenAction)) body: z.infer<typeof writtenAction>,
    @Caller() caller: CallerIdentity,
  ) {
    return { actionId: await this.editing.add(caller, id, body) };
  }

  /** Every step and every value of an action, oldest first. */
  @Get('roadmaps/:id/actions/:actionId')
  @Public()
  history(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('actionId', ParseUUIDPipe) actionId: string,
    @Caller() caller: CallerIdentity | null,
  ) {
    return this.roadmaps.history(caller, id, actionId);
  }

  /** `version` is the action's that the caller saw; another one since is a conflict. */
  @Put('roadmaps/:id/actions/:actionId')
  @HttpCode(204)
  @Requires('roadmaps.write')
  async change(
    @Param('id', ParseUUIDPipe) roadmapId: string,
    @Param('actionId', ParseUUIDPipe) actionId: string,
    @Body(zodBody(actionChange)) { version, action }: z.infer<typeof actionChange>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    await this.editing.change(caller, { roadmapId, actionId, seen: version }, action);
  }

  /** Takes an action out of the draft; one that a version has needs a reason and leaves with the next. */
  @Post('roadmaps/:id/actions/:actionId/removal')
  @HttpCode(204)
  @Requires('roadmaps.write')
  async remove(
    @Param('id', ParseUUIDPipe) roadmapId: string,
    @Param('actionId', ParseUUIDPipe) actionId: string,
    @Body(zodBody(removal)) { version, reason }: z.infer<typeof removal>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    await this.editing.remove(caller, { roadmapId, actionId, seen: version }, reason);
  }

  /** Starts, blocks, resumes, claims completion or reopens; verifying and disputing are for who may adopt. */
  @Post('roadmaps/:id/actions/:actionId/steps')
  @HttpCode(200)
  @Requires('roadmaps.drafts.read')
  async step(
    @Param('id', ParseUUIDPipe) roadmapId: string,
    @Param('actionId', ParseUUIDPipe) actionId: string,
    @Body(zodBody(actionStep)) { version, ...asked }: z.infer<typeof actionStep>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.stepping.take(caller, { roadmapId, actionId, seen: version, ...asked });
    return this.roadmaps.history(caller, roadmapId, actionId);
  }

  /** Adds a value, or with `corrects` and a reason one that takes an earlier one's place. */
  @Post('roadmaps/:id/indicators/:indicatorId/values')
  @Requires('roadmaps.write')
  async record(
    @Param('id', ParseUUIDPipe) roadmapId: string,
    @Param('indicatorId', ParseUUIDPipe) indicatorId: string,
    @Body(zodBody(newValue)) body: z.infer<typeof newValue>,
    @Caller() caller: CallerIdentity,
  ) {
    return { sequence: await this.recording.record(caller, { roadmapId, indicatorId }, body) };
  }
}
