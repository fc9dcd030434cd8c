import {
  identify,
  openDocx,
  openTextTable,
  openXls,
  openXlsx,
  refusal,
  type FileKind,
  type TableFile,
  UnreadableFile,
} from '@followthrough/imports/files';
import { noFacts, SharedFacts } from './document-facts';
import { readMatrix } from './matrix/matrix';
import { openSpreadsheet } from './spreadsheet/spreadsheet';
import { findTemplate } from './spreadsheet/templates';
import type { DocumentFacts, OpenedFile, OpenRequest, RejectedRow, SourceRow } from './types';
import { findUprInfoTable, uprInfoRows } from './upr-info/upr-info';

const ROWS_AT_MOST = 2_000_000;

/**
 * Opens a file of recommendations by what its bytes and headings say; its name is only a last resort for facts
 * about the review. Throws `UnreadableFile` when nothing in it can be read.
 */
export async function openRecommendationFile(request: OpenRequest): Promise<OpenedFile> {
  const { kind, macros } = await identify(request.source);
  const warnings = macros ? ['The file contains macros. They were not run; only its tables were read.'] : [];
  const opened = kind === 'docx' ? await openMatrix(request) : await openTable(kind, request);
  opened.warnings.unshift(...warnings);
  return opened;
}

async function openMatrix(request: OpenRequest): Promise<OpenedFile> {
  const file = await openDocx(request.source);
  try {
    const { document, rows } = await readMatrix(file, request.name, request.document);
    return {
      format: 'ohchr-matrix',
      document,
      warnings: [],
      encoding: null,
      missing: document.stateUnderReview ? [] : ['stateUnderReview'],
      rows: limited(rows, request),
    };
  } finally {
    file.close();
  }
}

async function openTable(kind: FileKind, request: OpenRequest): Promise<OpenedFile> {
  const file = await tableFile(kind, request);
  try {
    const uprInfo = request.template || request.mapping ? null : await findUprInfoTable(file.sheets);
    const spreadsheet = uprInfo ? null : await openSpreadsheet(file, spreadsheetRequest(request));
    const document: DocumentFacts = { ...noFacts, ...request.document };
    const shared = new SharedFacts();
    const source = uprInfo ? uprInfoRows(uprInfo) : spreadsheet!.rows();
    return {
      format: !uprInfo ? 'spreadsheet' : kind === 'text' ? 'upr-info-csv' : 'upr-info-xls',
      document,
      warnings: [...file.warnings],
      encoding: file.encoding,
      ...(spreadsheet && {
        columns: spreadsheet.columns,
        mapping: spreadsheet.mapping,
        ...(spreadsheet.template && { template: spreadsheet.template }),
      }),
      missing: spreadsheet?.missing ?? [],
      rows: learning(limited(source, request), shared, document, () => file.close()),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function spreadsheetRequest({ template, mapping, document }: OpenRequest) {
  return {
    ...(template && { template: findTemplate(template) }),
    ...(mapping && { mapping }),
    ...(document && { document }),
  };
}

async function tableFile(kind: FileKind, { source }: OpenRequest): Promise<TableFile> {
  switch (kind) {
    case 'text':
      return openTextTable(source);
    case 'xlsx':
      return openXlsx(source);
    case 'xls':
      return openXls(source);
    case 'docx':
      throw new Error('A Word document is no table file.');
    default:
      throw refusal(kind);
  }
}

/** The rows, while what they have in common completes the document's facts. Closes the file at the end. */
async function* learning(
  rows: AsyncIterable<SourceRow | RejectedRow>,
  shared: SharedFacts,
  document: DocumentFacts,
  close: () => void,
): AsyncGenerator<SourceRow | RejectedRow> {
  try {
    for await (const row of rows) {
      if (row.outcome === 'row') shared.take(row);
      yield row;
    }
    shared.completeInto(document);
  } finally {
    close();
  }
}

async function* limited(
  rows: AsyncIterable<SourceRow | RejectedRow> | Iterable<SourceRow | RejectedRow>,
  { limits }: OpenRequest,
): AsyncGenerator<SourceRow | RejectedRow> {
  const most = limits?.maxRows ?? ROWS_AT_MOST;
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > most) {
      throw new UnreadableFile(`The file has more than ${most} rows.`, 'Split it and import the parts.');
    }
    yield row;
  }
}
