import { UnreadableFile } from '@followthrough/imports/files';
import { fold } from '@followthrough/vocabulary';
import type { Mapping, MappingTemplate } from '../types';
import { ownExportTemplate } from './own-export';
import uhri from './templates/uhri.json';

/** Templates that ship with the product, by id. */
export const builtInTemplates: readonly MappingTemplate[] = [ownExportTemplate, uhri as MappingTemplate];

/** The template of an id, or the given one once its shape is right. Throws `UnreadableFile` with what is wrong. */
export function findTemplate(wanted: string | MappingTemplate): MappingTemplate {
  if (typeof wanted !== 'string') return readTemplate(wanted);
  const found = builtInTemplates.find((template) => template.id === wanted);
  if (found) return found;
  throw new UnreadableFile(
    `There is no mapping template "${wanted}".`,
    `Name one of ${builtInTemplates.map((template) => template.id).join(', ')}, or a template file.`,
  );
}

/** A template from JSON that somebody wrote or shared. Throws `UnreadableFile` with what is wrong. */
export function readTemplate(json: unknown): MappingTemplate {
  // Loading the schema library takes longer than reading most files, and few are read with a template of one's own.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { mappingTemplateSchema } = require('./template-schema') as typeof import('./template-schema');
  const read = mappingTemplateSchema.safeParse(json);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UnreadableFile(
    `The mapping template is not valid${where}: ${issue.message.replace(/\.$/, '')}.`,
    'Export the template again, or correct it there.',
  );
}

/** The built-in template whose headings these are; null where they are of somebody's own list. */
export function recognisedTemplate(headings: readonly string[]): MappingTemplate | null {
  const present = new Set(headings.map(fold));
  return builtInTemplates.find((template) => isMadeFor(template.mapping, present)) ?? null;
}

/** Nearly all columns are there, and the identifier, which no other list has under that name, is among them. */
function isMadeFor(mapping: Mapping, present: Set<string>): boolean {
  const fields = Object.entries(mapping.columns);
  const found = fields.filter(([, names]) => [names].flat().some((name) => present.has(fold(name))));
  const identified = [mapping.columns.externalId ?? []].flat().some((name) => present.has(fold(name)));
  return identified && found.length >= fields.length * 0.7;
}
