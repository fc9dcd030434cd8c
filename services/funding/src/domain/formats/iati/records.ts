import { readAmount } from '../amount';
import type { Transaction } from '../types';
import { attributeOf, decoded, walk } from './markup';

/** Something about an amount, `offset` into the record. */
export interface AmountRemark {
  severity: 'error' | 'warning';
  message: string;
  offset: number;
}

export interface ReadRecord {
  identifier: string;
  transactions: Transaction[];
  remarks: AmountRemark[];
}

interface OpenTransaction {
  offset: number;
  types: string[];
  values: { tag: string; text: string; offset: number }[];
}

/** Enough for a sentence about an amount that is none. */
const QUOTED = 60;

/**
 * Takes out of a well-formed activity (UTF-8 as latin1) what its transactions say, in any version of the standard; of
 * an organisation its identifier. Elements in another namespace than the record's are extensions and pass unread.
 */
export function readRecord(xml: string): ReadRecord {
  const reader = new RecordReader(xml);
  walk(xml, reader);
  return { identifier: reader.identifier.trim(), transactions: reader.transactions, remarks: reader.remarks };
}

class RecordReader {
  identifier = '';
  readonly transactions: Transaction[] = [];
  readonly remarks: AmountRemark[] = [];
  private readonly path: string[] = [];
  private prefix = '';
  private defaultCurrency = '';
  private identified = false;
  private transaction: OpenTransaction | null = null;

  constructor(private readonly xml: string) {}

  open(name: string, from: number, to: number): void {
    const depth = this.path.push(name);
    if (depth === 1) {
      this.prefix = name.slice(0, name.indexOf(':') + 1);
      this.defaultCurrency = attributeOf(this.xml.slice(from, to), 'default-currency');
    } else if (depth === 2 && name === `${this.prefix}transaction`) {
      this.transaction = { offset: from, types: [], values: [] };
    } else if (depth === 3 && this.transaction) {
      const tag = this.xml.slice(from, to);
      if (name === `${this.prefix}transaction-type`) this.transaction.types.push(attributeOf(tag, 'code'));
      if (name === `${this.prefix}value`) this.transaction.values.push({ tag, text: '', offset: from });
    }
  }

  text(from: number, to: number, literal: boolean): void {
    if (this.path.length === 3 && this.transaction && this.path[2] === `${this.prefix}value`) {
      this.transaction.values.at(-1)!.text += decoded(this.xml.slice(from, to), literal);
    } else if (this.path.length === 2 && !this.identified && this.isIdentifier(this.path[1]!)) {
      this.identifier += decoded(this.xml.slice(from, to), literal);
    }
  }

  close(): void {
    if (this.path.length === 2) {
      if (this.isIdentifier(this.path[1]!)) this.identified = true;
      if (this.transaction) this.finish(this.transaction);
      this.transaction = null;
    }
    this.path.pop();
  }

  private isIdentifier(name: string): boolean {
    return name === `${this.prefix}iati-identifier` || name === `${this.prefix}organisation-identifier`;
  }

  private finish({ types, values, offset }: OpenTransaction): void {
    const type = types[0] ?? '';
    const value = values[0];
    const currency = (value && attributeOf(value.tag, 'currency')) || this.defaultCurrency;
    const read = value ? readAmount(value.text) : null;
    this.transactions.push({ type, currency, value: read?.value ?? null });
    if (!value) this.remark('error', 'The transaction has no value; it is counted, but in no sum.', offset);
    else if (!read) {
      const written = value.text.trim().slice(0, QUOTED);
      const what =
        written === '' ? 'The value is empty' : `The value "${written}" is no amount that can be read`;
      this.remark('error', `${what}; the transaction is counted, but in no sum.`, value.offset);
    } else if (!read.plain) {
      const written = value.text.trim();
      this.remark('warning', `The value "${written}" is read as ${read.value}.`, value.offset);
    }
    if (values.length > 1) {
      const more = 'The transaction has more than one value; only the first is in the sums.';
      this.remark('error', more, values[1]!.offset);
    }
  }

  private remark(severity: AmountRemark['severity'], message: string, offset: number): void {
    this.remarks.push({ severity, message, offset });
  }
}
