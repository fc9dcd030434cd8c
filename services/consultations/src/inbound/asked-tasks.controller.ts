import { Public, zodBody } from '@followthrough/service-kit';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  UseGuards,
} from '@nestjs/common';
import type { z } from 'zod';
import { OwnTasks } from '../outbound/own-tasks.reader';
import { AnswerRecommendation } from '../usecases/answer-recommendation';
import { HandInTask } from '../usecases/hand-in-task';
import { missing } from '../usecases/refusal';
import type { LinkSession } from '../usecases/sign-in-by-link';
import { ByLink, LinkGuard } from './link.guard';
import { answerBody, noChangeBody, passingOn, seenVersion } from './schemas';

/**
 * What an institution is asked, for whoever signed in by a link: public to the access guard, because there is no
 * account; each route asks for the link's session and reaches its own open tasks only.
 */
@Controller('asked/tasks')
@Public()
@UseGuards(LinkGuard)
export class AskedTasksController {
  constructor(
    private readonly tasks: OwnTasks,
    private readonly answering: AnswerRecommendation,
    private readonly handingIn: HandInTask,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(@ByLink() session: LinkSession) {
    const { addressHmac } = session;
    return { tasks: await this.tasks.list(addressHmac) };
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  async find(@Param('id', ParseUUIDPipe) id: string, @ByLink() session: LinkSession) {
    return this.view(session, id);
  }

  /** Notes that the task has been looked at: a page does so once it shows it. */
  @Post(':id/view')
  @HttpCode(204)
  async viewed(@Param('id', ParseUUIDPipe) id: string, @ByLink() session: LinkSession): Promise<void> {
    await this.handingIn.view(session, id);
  }

  @Put(':id/answers/:recommendationId')
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('recommendationId', ParseUUIDPipe) recommendationId: string,
    @Body(zodBody(answerBody)) body: z.infer<typeof answerBody>,
    @ByLink() session: LinkSession,
  ) {
    const { seen, ...answer } = body;
    return this.answering.save(session, id, recommendationId, seen, answer);
  }

  /** Says again what was last released. */
  @Post(':id/answers/:recommendationId/no-change')
  @HttpCode(200)
  async noChange(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('recommendationId', ParseUUIDPipe) recommendationId: string,
    @Body(zodBody(noChangeBody)) body: z.infer<typeof noChangeBody>,
    @ByLink() session: LinkSession,
  ) {
    return this.answering.noChange(session, id, recommendationId, body.seen);
  }

  @Post(':id/submit')
  @HttpCode(200)
  async submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(seenVersion)) body: z.infer<typeof seenVersion>,
    @ByLink() session: LinkSession,
  ) {
    await this.handingIn.submit(session, id, body.version);
    return this.view(session, id);
  }

  /** Sends a colleague a link of their own, to the whole or to single recommendations. */
  @Post(':id/colleagues')
  @HttpCode(200)
  async passOn(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(passingOn)) body: z.infer<typeof passingOn>,
    @ByLink() session: LinkSession,
  ) {
    await this.handingIn.passOn(session, id, body.address, body.recommendationIds);
    return this.view(session, id);
  }

  @Delete(':id/colleagues/:accessId')
  @HttpCode(204)
  async takeBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('accessId', ParseUUIDPipe) accessId: string,
    @ByLink() session: LinkSession,
  ): Promise<void> {
    await this.handingIn.takeBack(session, id, accessId);
  }

  private async view(session: LinkSession, id: string) {
    const task = await this.tasks.find(session.addressHmac, id);
    if (!task) throw missing('task');
    return task;
  }
}
