import type { FileFormat } from '../formats';
import type { Family } from './held';

/** The kind of source a file is, whatever its container: CSV and XLS of UPR Info are one source. */
export function familyOf(format: FileFormat, template: string | undefined): Family {
  switch (format) {
    case 'ohchr-matrix':
      return 'ohchr-matrix';
    case 'upr-info-csv':
    case 'upr-info-xls':
      return 'upr-info';
    case 'spreadsheet':
      return template === 'uhri' ? 'uhri' : 'spreadsheet';
  }
}
