import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryReader } from '../outbound/directory/directory.reader';
import { ChangeMember } from '../usecases/change-member';
import { name, roleList, states } from './asked';

const change = z
  .strictObject({
    name,
    organisationId: z.uuid(),
    roles: roleList,
    states,
    state: z.enum(['active', 'suspended']),
  })
  .partial();

@Controller('members')
export class MembersController {
  constructor(
    private readonly directory: DirectoryReader,
    private readonly members: ChangeMember,
  ) {}

  @Get()
  @Requires('directory.read')
  async list(@Caller() caller: CallerIdentity) {
    return { members: await this.directory.members(caller.statesFor('directory.read')) };
  }

  @Patch(':id')
  @Requires('directory.write')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(change)) body: z.infer<typeof change>,
    @Caller() caller: CallerIdentity,
  ) {
    const { name, organisationId, roles, states, state } = await this.members.change(id, body, caller);
    return { id, name, organisationId, roles, states, state };
  }

  /** Erases the person everywhere. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('directory.write')
  erase(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.members.erase(id, caller);
  }
}
