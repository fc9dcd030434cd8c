import { createHash, type Hash } from 'node:crypto';
import { DatabaseProblem } from '../failures';
import { readArchive } from './archive';
import { backupFormat, manifestEntry, type BackupManifest } from './manifest';

interface Found {
  hash: Hash;
  parts: number;
}

/**
 * Reads a backup from end to end and compares every table with what the manifest says of it.
 * @throws DatabaseProblem when the file is no backup, or not whole
 */
export async function checkedManifest(path: string): Promise<BackupManifest> {
  const found = new Map<string, Found>();
  let manifest: BackupManifest | null = null;
  for await (const { name, content } of readArchive(path)) {
    if (name === manifestEntry) {
      manifest = asManifest(await text(content), path);
      continue;
    }
    const table = name.slice(0, name.lastIndexOf('/'));
    const entry = found.get(table) ?? { hash: createHash('sha256'), parts: 0 };
    found.set(table, entry);
    entry.parts += 1;
    for await (const chunk of content) entry.hash.update(chunk);
  }
  if (!manifest) throw notWhole(path, 'its manifest is missing');
  for (const database of manifest.databases) {
    for (const table of database.tables) {
      const entry = found.get(`${database.name}/${table.name}`) ?? { hash: createHash('sha256'), parts: 0 };
      if (entry.parts !== table.parts || entry.hash.digest('hex') !== table.sha256) {
        throw notWhole(path, `table ${table.name} of ${database.name} differs from its manifest`);
      }
    }
  }
  return manifest;
}

async function text(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function asManifest(json: string, path: string): BackupManifest {
  const manifest = JSON.parse(json) as { format: string };
  if (manifest.format === backupFormat) return manifest as BackupManifest;
  throw new DatabaseProblem(
    'unsuitable',
    `${path} is a backup of format ${manifest.format}, and this release reads ${backupFormat}: restore it with a later release.`,
  );
}

function notWhole(path: string, reason: string): DatabaseProblem {
  return new DatabaseProblem(
    'unsuitable',
    `${path} is not a whole backup (${reason}): take another copy of it.`,
  );
}
