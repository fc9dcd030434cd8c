import { Caller, Problem, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { DirectoryReader } from '../outbound/directory/directory.reader';
import type { Invitation } from '../outbound/directory/invitation.entity';
import { Invite } from '../usecases/invite';
import { InviteFromFile } from '../usecases/invite-from-file';
import { WithdrawInvitation } from '../usecases/withdraw-invitation';
import { roleList, states } from './asked';

const asked = z.strictObject({
  invitations: z
    .array(
      z.strictObject({
        email: z.string().trim().min(3).max(320),
        name: z.string().trim().max(200).default(''),
        organisationId: z.uuid(),
        roles: roleList,
        states: states,
        locale: z.string().max(35).default('en'),
      }),
    )
    .min(1)
    .max(500),
});

const LARGEST_LIST = 2 * 1024 * 1024;

@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly directory: DirectoryReader,
    private readonly invite: Invite,
    private readonly lists: InviteFromFile,
    private readonly withdrawals: WithdrawInvitation,
  ) {}

  /** Open invitations; those that were accepted are members, those withdrawn are gone. */
  @Get()
  @Requires('directory.read')
  async list(@Caller() caller: CallerIdentity) {
    return { invitations: await this.directory.invitations(caller.statesFor('directory.read')) };
  }

  /** Invites by e-mail, all or none. A later invitation to the same address takes the place of an open one. */
  @Post()
  @Requires('directory.write')
  async send(@Body(zodBody(asked)) body: z.infer<typeof asked>, @Caller() caller: CallerIdentity) {
    const invitations = await this.invite.all(body.invitations, caller);
    return { invitations: invitations.map(shown) };
  }

  /**
   * Invites everybody on a list, CSV or XLSX as the body, with the headings email, organisation, role and, where
   * wanted, name, states and language. Each row is answered for.
   */
  @Post('from-file')
  @HttpCode(200)
  @Requires('directory.write')
  async sendList(@Req() request: Request, @Caller() caller: CallerIdentity) {
    const rows = await this.lists.all(await bodyOf(request), caller);
    const invited = rows.filter(({ state }) => state === 'invited').length;
    return { invited, rejected: rows.length - invited, rows };
  }

  /** Sends an open invitation again, with a new link. */
  @Post(':id/send-again')
  @HttpCode(200)
  @Requires('directory.write')
  async sendAgain(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return shown(await this.invite.again(id, caller));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('directory.write')
  withdraw(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.withdrawals.withdraw(id, caller);
  }
}

function shown({ id, address, name, organisationId, roles, states, expiresAt }: Invitation) {
  return { id, email: address, name, organisationId, roles, states, state: 'sent', expiresAt };
}

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_LIST)
      throw new Problem('too-large', 'list-too-large', 'The list is larger than 2 MB: split it.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
