/** Files as people send them: what kind they are, what they decode to, their rows, and a thread to read them in. */
export { dateText } from './cell-value';
export { splitDelimited, type DelimitedRecord } from './delimited';
export { openDocx, type DocxBlock, type DocxCell, type DocxFile, type DocxRow } from './docx';
export { identify, type FileKind, type IdentifiedFile } from './kind';
export { refusal } from './refusal';
export { chunksOf, headOf, sizeOf } from './source';
export { cellAddress, columnLetters, type TableFile, type TableRow, type TableSheet } from './table';
export {
  stagedChunk,
  stagedColumns,
  type StagedChunk,
  type StagedReject,
  type StagedRow,
} from './staged-chunk';
export { openTextTable } from './text-table';
export { UnreadableFile, type Address, type FileSource } from './types';
export { openXls } from './xls';
export { openXlsx } from './xlsx';
export type { ParserModule } from './thread-messages';
export { builtModule, parseInWorker, type ParseLimits, type ParseRequest, type Parsing } from './worker';
export { openZip, type ZipContainer, type ZipLimits } from './zip';
