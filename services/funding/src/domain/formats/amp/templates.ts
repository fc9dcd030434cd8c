import { UnreadableFile } from '@followthrough/imports/files';
import type { AmpTemplate } from '../types';
import releaseProjects from './templates/release-projects.json';
import releaseTransactions from './templates/release-transactions.json';

/** Templates that ship with the product. */
const BUILT_IN = [releaseTransactions, releaseProjects] as AmpTemplate[];
/** A release also has a table of places, in which the amounts of a project are repeated for each of its places. */
const REPEATED_BY = 'project_location_id';

/** A template of whatever kind if it is for donor files: one of ours by its id, or one of somebody's own by its kind. */
export function asAmpTemplate(wanted: unknown): string | AmpTemplate | undefined {
  if (typeof wanted === 'string') return BUILT_IN.find(({ id }) => id === wanted)?.id;
  const kind = (wanted as Partial<AmpTemplate> | null | undefined)?.template;
  return String(kind).startsWith('followthrough-amp/') ? (wanted as AmpTemplate) : undefined;
}

/** The template of an id, or the given one once its shape is right. Throws `UnreadableFile` with what is wrong. */
export function findAmpTemplate(wanted: string | AmpTemplate): AmpTemplate {
  const found = BUILT_IN.find(({ id }) => id === wanted);
  if (found) return found;
  if (typeof wanted === 'string') {
    throw new UnreadableFile(
      `There is no template "${wanted}" for exports of an Aid Management Platform.`,
      `Name one of ${BUILT_IN.map(({ id }) => id).join(', ')}, or a template file.`,
    );
  }
  // Loading the schema library takes longer than reading most files, and few are read with a template of one's own.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { ampTemplateSchema } = require('./template-schema') as typeof import('./template-schema');
  const read = ampTemplateSchema.safeParse(wanted);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UnreadableFile(
    `The mapping template is not valid${where}: ${issue.message.replace(/\.$/, '')}.`,
    'Correct it there.',
  );
}

/** The built-in template for a table with these headings; null where it is none of ours. */
export function recognisedAmpTemplate(headings: readonly string[]): AmpTemplate | null {
  const present = new Set(headings.map(folded));
  if (present.has(REPEATED_BY)) return null;
  return (
    BUILT_IN.find(({ mapping }) => headingsOf(mapping).every((name) => present.has(folded(name)))) ?? null
  );
}

/** All headings that a mapping names. */
export function headingsOf({ activity, type, currency, amounts }: AmpTemplate['mapping']): string[] {
  return [
    activity,
    ...(type ? [type] : []),
    ...(currency ? [currency] : []),
    ...amounts.map(({ column }) => column),
  ];
}

/** A heading as it is compared. */
export function folded(heading: string): string {
  return heading.trim().replace(/\s+/g, ' ').toLowerCase();
}
