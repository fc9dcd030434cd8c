import { Caller, SignedIn, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Inbox } from '../outbound/inbox';
import { memberId } from './members-only';
import { page } from './schemas';

@Controller('inbox')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  /** The caller's notices, newest first. */
  @Get()
  @SignedIn()
  list(@Caller() caller: CallerIdentity, @Query(zodQuery(page)) asked: z.infer<typeof page>) {
    return this.inbox.open(memberId(caller), asked.page);
  }

  @Post('read-all')
  @HttpCode(204)
  @SignedIn()
  async readAll(@Caller() caller: CallerIdentity): Promise<void> {
    await this.inbox.markRead(memberId(caller), null);
  }

  @Post(':id/read')
  @HttpCode(204)
  @SignedIn()
  async read(@Caller() caller: CallerIdentity, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.inbox.markRead(memberId(caller), id);
  }
}
