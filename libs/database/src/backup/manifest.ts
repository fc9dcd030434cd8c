/** What a backup says of itself; the last entry of the archive, `manifest.json`. */
export interface BackupManifest {
  format: typeof backupFormat;
  /** ISO 8601, when the snapshots were taken */
  takenAt: string;
  databases: SavedDatabase[];
}

export interface SavedDatabase {
  name: string;
  /** how often it had been restored before */
  generation: number;
  /** that had run, in the order in which they ran */
  migrations: { name: string; sha256: string }[];
  tables: SavedTable[];
  sequences: { name: string; lastValue: string; isCalled: boolean }[];
}

export interface SavedTable {
  name: string;
  columns: string[];
  rows: number;
  /** of the text that COPY wrote, as its parts give it together */
  bytes: number;
  sha256: string;
  /** how many entries `<database>/<table>/<number>` of the archive hold it */
  parts: number;
}

export const backupFormat = 'followthrough-backup-1';
export const manifestEntry = 'manifest.json';

export function partEntry(database: string, table: string, part: number): string {
  return `${database}/${table}/${String(part).padStart(6, '0')}`;
}
