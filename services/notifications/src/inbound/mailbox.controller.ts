import {
  Caller,
  CONFIG,
  Problem,
  Public,
  zodQuery,
  type CallerIdentity,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Mailbox } from '../outbound/mailbox';
import { page } from './schemas';

/** The mailbox inside the installation. On this machine alone anyone may look, elsewhere administrators. */
@Controller('mailbox')
export class MailboxController {
  constructor(
    private readonly mailbox: Mailbox,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'loopback'>,
  ) {}

  @Get()
  @Public()
  list(@Caller() caller: CallerIdentity | null, @Query(zodQuery(page)) asked: z.infer<typeof page>) {
    this.mayLook(caller);
    return this.mailbox.list(asked.page);
  }

  @Get(':id')
  @Public()
  async read(@Caller() caller: CallerIdentity | null, @Param('id', ParseUUIDPipe) id: string) {
    this.mayLook(caller);
    const message = await this.mailbox.read(id);
    if (!message) throw new Problem('not-found', 'message-not-found', 'There is no such message.');
    return message;
  }

  private mayLook(caller: CallerIdentity | null): void {
    if (this.config.loopback || caller?.can('operations')) return;
    if (!caller) throw new Problem('unauthenticated', 'sign-in-needed', 'Sign in to do this.');
    throw new Problem('forbidden', 'not-allowed', 'Only administrators may see the mailbox.');
  }
}
