import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { SaxesParser } from 'saxes';

export interface PlainCount {
  activities: number;
  transactions: number;
  byTransactionType: Record<string, number>;
  sums: Record<string, Record<string, string>>;
}

const SCALE = 15;

/**
 * Counts a well-formed IATI file by another parser and another arithmetic than the product's: saxes, and whole
 * numbers of 10^-15. Only for files whose amounts are plain decimals.
 */
export async function plainCount(path: string): Promise<PlainCount> {
  const count = { activities: 0, transactions: 0, byTransactionType: {} as Record<string, number> };
  const sums: Record<string, Record<string, bigint>> = {};
  const open: string[] = [];
  let fallback = '';
  let type = '';
  let currency = '';
  let value: string | null = null;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    if (open.length === 2 && name === 'iati-activity') {
      count.activities += 1;
      fallback = attributes['default-currency'] ?? '';
    } else if (open.length === 3 && name === 'transaction') [type, currency, value] = ['', fallback, null];
    else if (open.length === 4 && open[2] === 'transaction') {
      if (name === 'transaction-type') type = attributes.code?.trim() ?? '';
      if (name !== 'value') return;
      currency = attributes.currency?.trim() || fallback;
      value = '';
    }
  });
  parser.on('text', (text) => {
    if (open.length === 4 && open[3] === 'value' && open[2] === 'transaction') value! += text;
  });
  parser.on('closetag', ({ name }) => {
    if (open.length === 3 && name === 'transaction') {
      count.transactions += 1;
      count.byTransactionType[type] = (count.byTransactionType[type] ?? 0) + 1;
      const [, sign, units, decimals = ''] = /^\s*(-?)(\d+)(?:\.(\d+))?\s*$/.exec(value ?? '') ?? [];
      if (units !== undefined) {
        const amount = BigInt(`${sign}${units}${decimals.padEnd(SCALE, '0')}`);
        const byCurrency = (sums[type] ??= {});
        byCurrency[currency] = (byCurrency[currency] ?? 0n) + amount;
      }
    }
    open.pop();
  });
  const file = createReadStream(path);
  const decoder = new TextDecoder();
  for await (const chunk of path.endsWith('.gz') ? file.pipe(createGunzip()) : file) {
    parser.write(decoder.decode(chunk as Buffer, { stream: true }));
  }
  parser.close();
  return { ...count, sums: texts(sums) };
}

function texts(sums: Record<string, Record<string, bigint>>): PlainCount['sums'] {
  const text = (sum: bigint) => {
    const digits = String(sum < 0n ? -sum : sum).padStart(SCALE + 1, '0');
    const decimals = digits.slice(-SCALE).replace(/0+$/, '');
    return `${sum < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${decimals && `.${decimals}`}`;
  };
  const all = (by: Record<string, bigint>) =>
    Object.fromEntries(Object.entries(by).map(([currency, sum]) => [currency, text(sum)]));
  return Object.fromEntries(Object.entries(sums).map(([type, by]) => [type, all(by)]));
}
