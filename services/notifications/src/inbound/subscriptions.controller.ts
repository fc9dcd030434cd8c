import { Database } from '@followthrough/database';
import { Caller, Problem, Public, SignedIn, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { Subscriptions } from '../outbound/subscriptions';
import { ChangeSubscription } from '../usecases/change-subscription';
import { EndSubscription } from '../usecases/end-subscription';
import { PreviewSubscription } from '../usecases/preview-subscription';
import { StartSubscription } from '../usecases/start-subscription';
import { memberId } from './members-only';
import { cadence, channelList, filter } from './schemas';

const wanted = z.strictObject({ filter, cadence: cadence.optional(), channels: channelList.optional() });
const change = z.strictObject({
  filter: filter.optional(),
  cadence: cadence.optional(),
  channels: channelList.optional(),
  state: z.enum(['active', 'paused']).optional(),
});
const preview = z.strictObject({ filter });

@Controller('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
    private readonly startSubscription: StartSubscription,
    private readonly changeSubscription: ChangeSubscription,
    private readonly endSubscription: EndSubscription,
    private readonly previewSubscription: PreviewSubscription,
  ) {}

  @Get()
  @SignedIn()
  async list(@Caller() caller: CallerIdentity) {
    return { subscriptions: await this.subscriptions.list(this.database, memberId(caller)) };
  }

  /** Follows what a filter asks for; an equal filter followed already is changed to fit. */
  @Post()
  @SignedIn()
  start(@Caller() caller: CallerIdentity, @Body(zodBody(wanted)) body: z.infer<typeof wanted>) {
    memberId(caller);
    return this.startSubscription.run(caller, body);
  }

  @Patch(':id')
  @SignedIn()
  async change(
    @Caller() caller: CallerIdentity,
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(change)) body: z.infer<typeof change>,
  ) {
    memberId(caller);
    const changed = await this.changeSubscription.run(caller, id, body);
    if (!changed) throw new Problem('not-found', 'subscription-not-found', 'You have no such subscription.');
    return changed;
  }

  /** Ending twice is as good as once. */
  @Delete(':id')
  @HttpCode(204)
  @SignedIn()
  async end(@Caller() caller: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    memberId(caller);
    await this.endSubscription.run(caller, id);
  }

  /** How much a filter would bring, before anything is saved. */
  @Post('preview')
  @HttpCode(200)
  @Public()
  preview(@Body(zodBody(preview)) body: z.infer<typeof preview>) {
    return this.previewSubscription.run(body.filter);
  }
}
