import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Caller, Problem, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import type { z } from 'zod';
import { TemplateStore } from '../outbound/template.store';
import { SaveTemplate } from '../usecases/save-template';
import { templateBody } from './schemas';

/** How spreadsheets of a kind are read: made once, saved, shared as JSON. Some ship with the product. */
@Controller('mapping-templates')
export class MappingTemplatesController {
  constructor(
    private readonly templates: TemplateStore,
    private readonly saving: SaveTemplate,
  ) {}

  @Get()
  @Requires('imports.read')
  async list() {
    return { templates: await this.templates.list() };
  }

  @Get(':id')
  @Requires('imports.read')
  async find(@Param('id') id: string) {
    const template = await this.templates.find(id);
    if (!template) throw new Problem('not-found', 'template-not-found', 'There is no such mapping template.');
    return template;
  }

  @Post()
  @Requires('imports.write')
  async save(
    @Body(zodBody(templateBody)) body: z.infer<typeof templateBody>,
    @Caller() caller: CallerIdentity,
  ) {
    const id = await this.saving.save(caller, body.name, body.mapping);
    return this.find(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('imports.write')
  async remove(@Param('id') id: string, @Caller() caller: CallerIdentity): Promise<void> {
    await this.saving.remove(caller, id);
  }
}
