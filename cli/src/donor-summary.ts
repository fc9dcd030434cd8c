import { transactionTypeName, type Finding } from '@followthrough/funding/formats';
import type { DonorInspection } from './donor-inspection';
import { table } from './table';

const FORMATS: Record<DonorInspection['format'], string> = {
  'iati-activities': 'IATI activities',
  'iati-organisations': 'IATI organisations',
  'amp-csv': 'export of an Aid Management Platform (CSV)',
};
const LISTED = 10;
/** A code of the file is shown up to here: it may be anything. */
const CODE_SHOWN = 24;

/** An inspection of a donor file for people. */
export function donorSummary(inspection: DonorInspection): string {
  const { file, counts } = inspection;
  const known = [
    ...counted(counts.activities, 'activity', 'activities', inspection.format !== 'iati-organisations'),
  ];
  return [
    `${file.name}  (${number(file.bytes)} bytes)`,
    `  ${FORMATS[inspection.format]}${details(inspection)}`,
    '',
    ...known,
    ...counted(
      counts.organisations,
      'organisation',
      'organisations',
      inspection.format === 'iati-organisations',
    ),
    ...counted(
      counts.transactions,
      'transaction',
      'transactions',
      inspection.format !== 'iati-organisations',
    ),
    ...(counts.invalid > 0
      ? [`  ${number(counts.invalid)} that the schema of the standard does not allow as they are`]
      : []),
    ...(counts.unread > 0
      ? [`  ${number(counts.unread)} that could not be read, in no count and no sum`]
      : []),
    ...sums(inspection),
    ...findings(inspection),
    '',
  ].join('\n');
}

function details({ versions, encoding, template }: DonorInspection): string {
  const named = versions.filter((version) => version !== '');
  const known = [
    named.length > 0 ? `version ${named.map(shown).join(', ')}` : null,
    encoding,
    template ? `template ${template}` : null,
  ].filter((detail) => detail !== null);
  return known.length > 0 ? `, ${known.join(', ')}` : '';
}

function counted(count: number, one: string, many: string, always: boolean): string[] {
  return count > 0 || always ? [`  ${number(count)} ${count === 1 ? one : many}`] : [];
}

/** A line for each type and currency. */
function sums({ counts, sums }: DonorInspection): string[] {
  const rows = Object.entries(counts.byTransactionType).flatMap(([code, transactions]) => {
    const currencies = Object.entries(sums[code] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const head = [typeName(code), number(transactions)];
    if (currencies.length === 0) return [[...head, '', '']];
    return currencies.map(([currency, sum], i) => [
      ...(i === 0 ? head : ['', '']),
      shown(currency) || '(none)',
      grouped(sum),
    ]);
  });
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map((row) => row[3]!.length));
  const aligned = rows.map(([type, transactions, currency, sum]) => [
    type!,
    transactions!,
    currency!,
    sum!.padStart(width),
  ]);
  const lines = table(['Transaction type', 'Number', 'Currency', 'Sum'.padStart(width)], aligned);
  return [
    '',
    ...lines
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
  ];
}

function typeName(code: string): string {
  if (code === '') return '(no type named)';
  return [shown(code), transactionTypeName(code) ?? '(not of the standard)'].join(' ');
}

function findings({ counts, findings }: DonorInspection): string[] {
  if (counts.findings === 0) return ['', '  Nothing was found wrong.'];
  const more = counts.findings - LISTED;
  return [
    '',
    `  ${number(counts.findings)} ${counts.findings === 1 ? 'finding' : 'findings'}:`,
    ...findings.slice(0, LISTED).map((finding) => `    ${sentence(finding)}`),
    ...(more > 0 ? [`    … and ${number(more)} more (--findings lists them)`] : []),
  ];
}

function sentence({ file, line, column, activity, severity, message }: Finding): string {
  const where = `${file ? `${file}, ` : ''}line ${line}, column ${column}`;
  const whose = activity === '' ? '' : ` (${activity.slice(0, 80)})`;
  return `${where}${whose}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** Digits in threes; `toLocaleString` would round. */
function grouped(decimal: string): string {
  const [units = '', decimals] = decimal.split('.');
  const threes = units.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? threes : `${threes}.${decimals}`;
}

function shown(code: string): string {
  return code.length > CODE_SHOWN ? `${code.slice(0, CODE_SHOWN)}…` : code;
}
