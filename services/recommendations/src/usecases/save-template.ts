import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { Mapping } from '../domain/formats';
import { TemplateStore } from '../outbound/template.store';

/** Keeps a mapping so that the next file of its kind is read without asking, and forgets it again. */
@Injectable()
export class SaveTemplate {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
  ) {}

  save(caller: CallerIdentity, name: string, mapping: Mapping): Promise<string> {
    return this.database.transaction(async (tx) => {
      const id = await this.templates.add(tx, { name, mapping, createdBy: caller.id });
      await audit(tx, {
        caller,
        action: 'template.save',
        subject: 'mapping-template',
        subjectId: id,
        details: { name },
      });
      return id;
    });
  }

  async remove(caller: CallerIdentity, id: string): Promise<void> {
    const template = await this.templates.find(id);
    if (!template) throw new Problem('not-found', 'template-not-found', 'There is no such mapping template.');
    if (template.builtIn) {
      throw new Problem('conflict', 'template-built-in', 'This template ships with the product and stays.');
    }
    if (template.createdBy !== caller.id && caller.statesFor('imports.write') !== '*') {
      throw new Problem(
        'forbidden',
        'template-not-yours',
        'Only who saved a template, or an administrator, removes it.',
      );
    }
    await this.database.transaction(async (tx) => {
      await this.templates.remove(tx, id);
      await audit(tx, { caller, action: 'template.remove', subject: 'mapping-template', subjectId: id });
    });
  }
}
