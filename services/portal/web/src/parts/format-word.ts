import type { MessageId } from '../intl/catalogue';

const known: Record<string, MessageId> = {
  'upr-info-csv': 'format.upr-info',
  'upr-info-xls': 'format.upr-info',
  'ohchr-matrix': 'format.ohchr-matrix',
  spreadsheet: 'format.table',
  csv: 'format.table',
  xlsx: 'format.table',
  demo: 'format.demo',
};

/** What a file is, in words. */
export function formatWord(format: string): MessageId {
  return known[format] ?? 'format.other';
}
