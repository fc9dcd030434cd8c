import { fold } from '@followthrough/vocabulary';
import type { MappedField, Mapping } from '../types';
import { cellText, distinct, oneLine } from '../words';
import { unprotected } from './own-export';

/** The cells of one row, asked for by field: which columns, which translation, which constant a mapping says. */
export class MappedCells {
  private readonly columns = new Map<MappedField, number[]>();
  private readonly values = new Map<MappedField, Map<string, string>>();
  private readonly plain: boolean;

  constructor(
    private readonly mapping: Mapping,
    private readonly headings: readonly string[],
    options: { unprotect: boolean },
  ) {
    this.plain = !options.unprotect;
    const folded = headings.map(fold);
    for (const [field, names] of Object.entries(mapping.columns) as [MappedField, string | string[]][]) {
      const found = [names]
        .flat()
        .map((name) => indexOf(name, headings, folded))
        .filter((index) => index >= 0);
      if (found.length > 0) this.columns.set(field, found);
    }
    for (const [field, translations] of Object.entries(mapping.values ?? {}) as [
      MappedField,
      Record<string, string>,
    ][]) {
      this.values.set(field, new Map(Object.entries(translations).map(([from, to]) => [fold(from), to])));
    }
  }

  has(field: MappedField): boolean {
    return this.columns.has(field) || (this.mapping.constants?.[field] ?? '') !== '';
  }

  /** 0-based column of a field; -1 where a constant or nothing fills it */
  columnOf(field: MappedField): number {
    return this.columns.get(field)?.[0] ?? -1;
  }

  headingOf(field: MappedField): string {
    return this.headings[this.columnOf(field)] ?? field;
  }

  /** The value on one line, translated; '' where the row says nothing. A list bullet in front is no part of it. */
  single(cells: readonly string[], field: MappedField): string {
    for (const column of this.columns.get(field) ?? []) {
      const value = oneLine(this.cell(cells, column)).replace(/^- (?=\S)/, '');
      if (value !== '') return this.translated(field, value);
    }
    return this.mapping.constants?.[field] ?? '';
  }

  /** The value with its line ends. */
  whole(cells: readonly string[], field: MappedField): string {
    const texts = (this.columns.get(field) ?? []).map((column) => cellText(this.cell(cells, column)));
    const text = texts.filter((value) => value !== '').join('\n');
    return text === '' ? (this.mapping.constants?.[field] ?? '') : this.translated(field, text);
  }

  /** The values of a list: a line each, bulleted or not, or divided as the mapping or the cell itself says. */
  list(cells: readonly string[], field: MappedField): string[] {
    const separator = this.mapping.separators?.[field];
    const found = (this.columns.get(field) ?? []).flatMap((column) => {
      return listValues(cellText(this.cell(cells, column)), separator);
    });
    if (found.length === 0 && this.mapping.constants?.[field])
      return listValues(this.mapping.constants[field], separator);
    return distinct(found.map((value) => this.translated(field, value)));
  }

  private cell(cells: readonly string[], column: number): string {
    const cell = cells[column] ?? '';
    return this.plain ? cell : unprotected(cell);
  }

  private translated(field: MappedField, value: string): string {
    const values = this.values.get(field);
    return values ? (values.get(fold(value)) ?? value) : value;
  }
}

function indexOf(name: string, headings: readonly string[], folded: readonly string[]): number {
  const exact = headings.indexOf(name);
  return exact >= 0 ? exact : folded.indexOf(fold(name));
}

/**
 * `- Equality\n- Health`, `Equality; Health`, `Equality|Health`, `Justice,Poverty` as databases write lists. A comma
 * with a blank behind it may belong to a label ("Prohibition of slavery, trafficking"), so it never divides unasked.
 */
export function listValues(cell: string, separator?: string): string[] {
  const lines = cell.split('\n');
  const pieces = lines.flatMap((line) => {
    if (separator !== undefined && separator !== '\n') return line.split(separator);
    if (separator === '\n' || lines.length > 1) return [line];
    if (line.includes('|')) return line.split('|');
    if (line.includes(';')) return line.split(';');
    return /\S,\S/.test(line) && !/,\s/.test(line) ? line.split(',') : [line];
  });
  return distinct(
    pieces.map((piece) =>
      piece
        .replace(/^\s*[-–•]\s+(?=\S)/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
}
