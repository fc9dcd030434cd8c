import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PlatformConfig } from '@followthrough/service-kit';
import { lastBackup } from '../last-backup';
import type { Finding } from './finding';

const MB = 1024 * 1024;
/** What a start on a built-in database needs. */
const LEAST_FREE_BYTES = 200 * MB;
const DAY_MS = 86_400_000;

/** @param needed as package.json says it: `>=20.19` */
export function nodeFinding(version: string, needed: string): Finding {
  const parts = (text: string) => text.replace(/^\D+/, '').split('.').map(Number);
  const [major = 0, minor = 0] = parts(version);
  const [leastMajor = 0, leastMinor = 0] = parts(needed);
  const about = 'Node.js';
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
    ? { about, level: 'good', sentence: `Node.js ${version} will do.` }
    : {
        about,
        level: 'hinders',
        sentence: `Node.js is ${version}, and ${needed} is needed: install a newer one.`,
      };
}

/**
 * Room beside the built-in database: a migration may write a table anew, and a backup wants to be somewhere.
 * @param bytes that the databases take
 */
export function diskFinding({ databaseUrl, dataDir }: PlatformConfig, bytes: number): Finding {
  const about = 'disk';
  const size = `${Math.ceil(bytes / MB)} MB`;
  if (databaseUrl !== null) {
    const sentence = `The databases take ${size}; whether the disk of your PostgreSQL has as much again cannot be seen from here.`;
    return { about, level: 'good', sentence };
  }
  const { bavail, bsize } = statfsSync(existing(dataDir));
  const free = bavail * bsize;
  const sentence = `${Math.floor(free / MB)} MB are free beside data of ${size}`;
  if (free < LEAST_FREE_BYTES) {
    return {
      about,
      level: 'hinders',
      sentence: `${sentence}, and ${LEAST_FREE_BYTES / MB} MB are needed: free some space first.`,
    };
  }
  return free < bytes
    ? {
        about,
        level: 'note',
        sentence: `${sentence}: a migration may write as much anew, so free some space first.`,
      }
    : { about, level: 'good', sentence: `${sentence}.` };
}

/** The folder, or the nearest above it that is there. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}

export function backupFinding({ dataDir }: PlatformConfig, now: Date): Finding {
  const about = 'backup';
  const last = lastBackup(dataDir);
  if (!last) {
    return {
      about,
      level: 'note',
      sentence: 'No backup is known of here: make one with ft backup FILE before the upgrade.',
    };
  }
  const days = Math.floor((now.getTime() - Date.parse(last.takenAt)) / DAY_MS);
  const sentence = `The last backup (${last.file}) was taken ${last.takenAt}`;
  return days < 1
    ? { about, level: 'good', sentence: `${sentence}.` }
    : {
        about,
        level: 'note',
        sentence: `${sentence}, ${days} days ago: make another with ft backup FILE before the upgrade.`,
      };
}
