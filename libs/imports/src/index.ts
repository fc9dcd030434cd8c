import { join } from 'node:path';

export { APPLYING, ImportFunnel, StepRefused, type NewImport } from './funnel/import-funnel';
export {
  ImportEntity,
  type ImportCounts,
  type ImportPreview,
  type ImportResult,
} from './funnel/import.entity';
export { ImportMeters } from './funnel/import-meters';
export { take, type ImportState, type ImportStep } from './funnel/import-state';
export type {
  Comparison,
  FunnelSubject,
  HoldCause,
  Reading,
  ReadingHeader,
  ReadingSummary,
  RowRange,
  Settlement,
} from './funnel/subject';
export type { StagedRow } from './files/staged-chunk';
export { dropRows, dropUnusedRecords } from './funnel/staging';
export { UploadStore, UploadTooLarge, type Upload } from './funnel/upload-store';

/** Folder of the migrations of a service that imports: uploads, imports, rows, source records. */
export const importsMigrations = join(__dirname, '..', 'migrations');
