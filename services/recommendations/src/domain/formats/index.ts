/**
 * Reading recommendations out of the files that people have: pure functions, no database, no clock.
 *
 *     const file = await openRecommendationFile({ source: { path }, name });
 *     file.format; file.document; file.missing;              // is a mapping needed first?
 *     for await (const row of file.rows)
 *       if (row.outcome === 'row') …SourceRow else …RejectedRow
 *
 * The server reads in a worker thread with a memory and a time limit (same types, rows in batches):
 *
 *     const parsing = parseInWorker<FileHeader, SourceRow | RejectedRow, FileFooter>({
 *       module: formatsWorkerModule, request: { source: { path }, name, template }, limits });
 *     const header = await parsing.header;                   // format, document so far, columns, mapping, missing
 *     for await (const batch of parsing.batches) …
 *     const footer = await parsing.footer;                   // document, warnings, encoding
 *
 * `parseInWorker` is of `@followthrough/imports`. A file that cannot be read at all throws `UnreadableFile`
 * (`reason`, `cure`); a row that cannot be read is a `RejectedRow` among the others.
 */
export { openRecommendationFile } from './open';
export { OWN_EXPORT_TEMPLATE, ownExportColumns, protectedCell } from './spreadsheet/own-export';
export { mappingSchema, mappingTemplateSchema } from './spreadsheet/template-schema';
export { builtInTemplates } from './spreadsheet/templates';
export { formatsWorkerModule } from './worker-module';
export type {
  Clause,
  ColumnPreview,
  DocumentFacts,
  FileFooter,
  FileFormat,
  FileHeader,
  InternalFields,
  MappedField,
  Mapping,
  MappingTemplate,
  OpenedFile,
  OpenQuestion,
  OpenRequest,
  Position,
  ReadLimits,
  RecordKind,
  RejectedRow,
  SourceRow,
  StateMention,
} from './types';
