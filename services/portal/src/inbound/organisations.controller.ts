import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryReader } from '../outbound/directory/directory.reader';
import { RegisterOrganisation } from '../usecases/register-organisation';
import { name, organisationClass, states } from './asked';

const organisation = z.strictObject({ name, class: organisationClass, states: states.default(['*']) });
const change = z.strictObject({ name, class: organisationClass, states }).partial();

@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly directory: DirectoryReader,
    private readonly register: RegisterOrganisation,
  ) {}

  @Get()
  @Requires('directory.read')
  async list(@Caller() caller: CallerIdentity) {
    return { organisations: await this.directory.organisations(caller.statesFor('directory.read')) };
  }

  @Post()
  @Requires('directory.write')
  add(@Body(zodBody(organisation)) body: z.infer<typeof organisation>, @Caller() caller: CallerIdentity) {
    return this.register.register(body, caller);
  }

  @Patch(':id')
  @Requires('directory.write')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(change)) body: z.infer<typeof change>,
    @Caller() caller: CallerIdentity,
  ) {
    return this.register.change(id, body, caller);
  }
}
