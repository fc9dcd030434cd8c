import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';
import { builtInTemplates, type Mapping, type MappingTemplate } from '../domain/formats';

export interface StoredTemplate extends MappingTemplate {
  builtIn: boolean;
  createdBy: string | null;
}

const isUuid = (id: string) => /^[0-9a-f-]{36}$/i.test(id);

/** Mapping templates: those that ship with the product and those that people saved. */
@Injectable()
export class TemplateStore {
  constructor(private readonly database: Database) {}

  async list(): Promise<StoredTemplate[]> {
    const saved = await this.database.query<StoredTemplate>(`${SELECTION} order by name, id`);
    return [...shipped, ...saved];
  }

  async find(id: string): Promise<StoredTemplate | null> {
    const builtIn = shipped.find((template) => template.id === id);
    if (builtIn) return builtIn;
    if (!isUuid(id)) return null;
    const [saved] = await this.database.query<StoredTemplate>(`${SELECTION} where id = $1`, [id]);
    return saved ?? null;
  }

  async add(
    tx: Transaction,
    template: { name: string; mapping: Mapping; createdBy: string },
  ): Promise<string> {
    const id = uuidv7();
    await tx.query('insert into mapping_template (id, name, mapping, created_by) values ($1, $2, $3, $4)', [
      id,
      template.name,
      JSON.stringify(template.mapping),
      template.createdBy,
    ]);
    return id;
  }

  /** @returns whether it was there */
  async remove(tx: Transaction, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    return (await tx.query('delete from mapping_template where id = $1 returning id', [id])).length > 0;
  }
}

const SELECTION = `select 'followthrough-mapping/1' as template, id, name, mapping, false as "builtIn", created_by as "createdBy"
  from mapping_template`;
const shipped: StoredTemplate[] = builtInTemplates.map((template) => ({
  ...template,
  builtIn: true,
  createdBy: null,
}));
