import type { MappedField, MappingTemplate } from '../types';

/** Id of the template that reads our own export back. */
export const OWN_EXPORT_TEMPLATE = 'followthrough-export';

/**
 * The columns of our own export, in order: what is written under these headings is read back by
 * `followthrough-export` without loss. Lists have a value a line, for labels of themes contain commas and
 * semicolons; dates are ISO; States are names or, where they could not be resolved, what the source wrote.
 */
export const ownExportColumns: readonly { heading: string; field: MappedField }[] = [
  { heading: 'Followthrough ID', field: 'externalId' },
  { heading: 'Kind', field: 'kind' },
  { heading: 'Mechanism', field: 'mechanism' },
  { heading: 'State under review', field: 'stateUnderReview' },
  { heading: 'Cycle', field: 'cycle' },
  { heading: 'Session', field: 'session' },
  { heading: 'Document symbol', field: 'symbol' },
  { heading: 'Paragraph', field: 'paragraph' },
  { heading: 'Text', field: 'text' },
  { heading: 'Language', field: 'language' },
  { heading: 'Recommending States', field: 'recommendingStates' },
  { heading: 'Position', field: 'position' },
  { heading: 'Action category', field: 'actionCategory' },
  { heading: 'Themes', field: 'themes' },
  { heading: 'Groups of persons', field: 'groups' },
  { heading: 'SDGs', field: 'sdgs' },
  { heading: 'Review date', field: 'date' },
  { heading: 'Lead institution', field: 'leadInstitution' },
  { heading: 'Supporting institutions', field: 'supportingInstitutions' },
  { heading: 'Deadline', field: 'deadline' },
  { heading: 'Status', field: 'status' },
  { heading: 'Note', field: 'note' },
];

export const ownExportTemplate: MappingTemplate = {
  template: 'followthrough-mapping/1',
  id: OWN_EXPORT_TEMPLATE,
  name: 'Export of Followthrough',
  mapping: {
    columns: Object.fromEntries(ownExportColumns.map(({ heading, field }) => [field, heading])),
    separators: {
      themes: '\n',
      groups: '\n',
      sdgs: '\n',
      recommendingStates: '\n',
      supportingInstitutions: '\n',
    },
  },
};

/**
 * CSV cells that a spreadsheet program would run as a formula are written with an apostrophe in front
 * (`=`, `+`, `-`, `@`, TAB, CR; plain numbers are left alone). `unprotected` takes it off again.
 */
export function protectedCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}

export function unprotected(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
