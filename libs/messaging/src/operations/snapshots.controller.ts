import { afterCommit, Database } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { Caller, Problem, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { askSnapshot } from '../snapshot/ask-snapshot';
import { TELL_SNAPSHOT } from '../snapshot/tell-snapshot';
import { EventsAtWork } from './events-at-work';

const askBody = z.strictObject({
  /** The one service that is to take it; all that keep a copy if not given. */
  for: z.string().optional(),
});

@Controller('operations/snapshots')
export class SnapshotsController {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly events: EventsAtWork,
  ) {}

  /**
   * Has the present state of all that the service owns told again, so that others can build their copies from it.
   * How far it is, and how far each copy is, `operations/events` of each service says.
   */
  @Post()
  @HttpCode(202)
  @Requires('operations')
  async ask(
    @Caller() caller: CallerIdentity,
    @Body(zodBody(askBody)) asked: z.infer<typeof askBody>,
  ): Promise<{ id: string }> {
    const topic = this.events.messaging.snapshotTopic;
    if (!topic) {
      throw new Problem(
        'conflict',
        'owns-nothing',
        'This service owns nothing that others keep a copy of: ask the one that does, such as recommendations.',
      );
    }
    const id = await this.database.transaction(async (tx) => {
      const snapshot = await askSnapshot(tx, caller, topic, asked.for ?? null);
      afterCommit(tx, () => this.jobs.hint(TELL_SNAPSHOT, snapshot));
      return snapshot;
    });
    return { id };
  }
}
