import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The newest backup that was made from this machine. */
export interface LastBackup {
  /** ISO 8601 */
  takenAt: string;
  file: string;
}

const noteIn = (dataDir: string): string => join(dataDir, 'last-backup.json');

export function noteBackup(dataDir: string, backup: LastBackup): void {
  writeFileSync(noteIn(dataDir), JSON.stringify(backup));
}

/** Null where none is known of. */
export function lastBackup(dataDir: string): LastBackup | null {
  const note = noteIn(dataDir);
  return existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as LastBackup) : null;
}
