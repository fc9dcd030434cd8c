import { openTextTable, UnreadableFile, type FileSource, type TableRow } from '@followthrough/imports/files';
import { readAmount } from '../amount';
import type { ActivityRow, AmpMapping, AmpTemplate, DonorRow, Finding, Transaction } from '../types';
import { findAmpTemplate, folded, headingsOf, recognisedAmpTemplate } from './templates';

export interface AmpFile {
  /** id of the template in use */
  template: string;
  encoding: string | null;
  rows: AsyncIterable<DonorRow>;
}

interface Columns {
  activity: number;
  type: number | null;
  currency: number | null;
  amounts: { index: number; type: string | null }[];
  width: number;
}

/** Opens an export of an Aid Management Platform as delimited text, by a template or, where it is of ours, by its headings. */
export async function openAmpCsv(source: FileSource, wanted?: string | AmpTemplate): Promise<AmpFile> {
  const given = wanted === undefined ? null : findAmpTemplate(wanted);
  const table = await openTextTable(source);
  const rows = table.sheets[0]!.rows()[Symbol.asyncIterator]();
  const first = await rows.next();
  if (first.done) throw new UnreadableFile('The file has no row of headings.', 'Export it again.');
  const headings = first.value.cells;
  const template = given ?? recognisedAmpTemplate(headings);
  if (!template) {
    throw new UnreadableFile(
      'The headings of the table are of no known export of an Aid Management Platform.',
      'Say which columns mean what with --template.',
    );
  }
  const columns = columnsOf(template.mapping, headings);
  return {
    template: template.id,
    encoding: table.encoding,
    rows: new AmpRows(template.mapping, columns).read({ [Symbol.asyncIterator]: () => rows }),
  };
}

function columnsOf(mapping: AmpMapping, headings: string[]): Columns {
  const places = headings.map(folded);
  const missing = headingsOf(mapping).filter((name) => !places.includes(folded(name)));
  if (missing.length > 0) {
    const list = missing.map((name) => `"${name}"`).join(', ');
    throw new UnreadableFile(
      `The table has no column ${list}, which the template names.`,
      'Correct the template, or export the table with that column.',
    );
  }
  const place = (name: string) => places.indexOf(folded(name));
  return {
    activity: place(mapping.activity),
    type: mapping.type === undefined ? null : place(mapping.type),
    currency: mapping.currency === undefined ? null : place(mapping.currency),
    amounts: mapping.amounts.map(({ column, type }) => ({ index: place(column), type: type ?? null })),
    width: headings.length,
  };
}

class AmpRows {
  private readonly seen = new Set<string>();
  private readonly types: Map<string, string>;

  constructor(
    private readonly mapping: AmpMapping,
    private readonly columns: Columns,
  ) {
    this.types = new Map(Object.entries(mapping.types ?? {}).map(([said, code]) => [folded(said), code]));
  }

  async *read(rows: AsyncIterable<TableRow>): AsyncGenerator<DonorRow> {
    for await (const { at, cells, damage } of rows) {
      const line = 'line' in at ? at.line : 1;
      if (damage) yield lost(line, `The row was not read: ${damage}.`);
      else if (cells.length !== this.columns.width) {
        yield lost(
          line,
          `The row was not read: it has ${cells.length} cells, but there are ${this.columns.width} headings.`,
        );
      } else yield this.row(cells, line);
    }
  }

  private row(cells: string[], line: number): ActivityRow {
    const identifier = cells[this.columns.activity]!.trim();
    const findings: Finding[] = [];
    const remark = (severity: Finding['severity'], index: number, message: string) =>
      findings.push({ ruleId: 'amount', severity, activity: identifier, line, column: index + 1, message });
    if (identifier === '')
      remark('warning', this.columns.activity, 'The row names no activity; its amounts are in the sums.');
    const transactions = this.columns.amounts.flatMap(({ index, type }) => {
      const transaction = this.transaction(cells, index, type, remark);
      return transaction ? [transaction] : [];
    });
    const continued = identifier === '' || this.seen.has(identifier);
    this.seen.add(identifier);
    return {
      outcome: 'activity',
      identifier,
      line,
      column: 1,
      transactions,
      findings,
      ...(continued && { continued: true }),
    };
  }

  /** Null where a column that has a type of its own says nothing: the activity then has no such transaction. */
  private transaction(
    cells: string[],
    index: number,
    ofColumn: string | null,
    remark: (severity: Finding['severity'], index: number, message: string) => void,
  ): Transaction | null {
    const written = cells[index]!.trim();
    const read = readAmount(written);
    if (ofColumn !== null && (written === '' || read?.value === '0')) return null;
    if (!read) {
      const what =
        written === '' ? 'The amount is empty' : `The amount "${written.slice(0, 60)}" cannot be read`;
      remark('error', index, `${what}; the transaction is counted, but in no sum.`);
    } else if (!read.plain) remark('warning', index, `The amount "${written}" is read as ${read.value}.`);
    return {
      type: ofColumn ?? this.typeOf(cells),
      currency: this.currencyOf(cells),
      value: read?.value ?? null,
    };
  }

  private typeOf(cells: string[]): string {
    const said = this.columns.type === null ? '' : cells[this.columns.type]!.trim();
    return this.types.get(folded(said)) ?? said;
  }

  private currencyOf(cells: string[]): string {
    const said = this.columns.currency === null ? '' : cells[this.columns.currency]!.trim();
    return said || (this.mapping.defaultCurrency ?? '');
  }
}

function lost(line: number, message: string): DonorRow {
  const finding = { ruleId: 'file', severity: 'error', activity: '', line, column: 1, message } as const;
  return { outcome: 'finding', unread: true, finding };
}
