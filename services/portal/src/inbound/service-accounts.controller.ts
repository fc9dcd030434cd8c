import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryReader } from '../outbound/directory/directory.reader';
import { KeepServiceAccount } from '../usecases/keep-service-account';
import { name, roleList, states } from './asked';

const asked = z.strictObject({ name, roles: roleList, states });

@Controller('service-accounts')
export class ServiceAccountsController {
  constructor(
    private readonly directory: DirectoryReader,
    private readonly accounts: KeepServiceAccount,
  ) {}

  @Get()
  @Requires('directory.read')
  async list(@Caller() caller: CallerIdentity) {
    return { serviceAccounts: await this.directory.serviceAccounts(caller.statesFor('directory.read')) };
  }

  /** Makes an account for a program. This answer is the only place where its secret is ever shown. */
  @Post()
  @Requires('directory.write')
  async create(@Body(zodBody(asked)) body: z.infer<typeof asked>, @Caller() caller: CallerIdentity) {
    const { account, secret } = await this.accounts.create(body, caller);
    const { id, name, operator, roles, states, createdAt } = account;
    return { id, name, operator, roles, states, createdAt, lastUsedAt: null, secret };
  }

  /** The secret is worth nothing from now on; tokens that it bought end within five minutes. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('directory.write')
  revoke(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.accounts.revoke(id, caller);
  }
}
