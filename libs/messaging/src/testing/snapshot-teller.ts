import { Database } from '@followthrough/database';
import { tellSnapshotJob } from '../snapshot/tell-snapshot';
import { owned } from './copy-world';

/** A process that tells one snapshot, for a test to kill: `node snapshot-teller.js DATABASE_URL SNAPSHOT_ID`. */
async function main([url, id]: string[]): Promise<void> {
  const database = await Database.open({ name: 'snapshot teller', url: url!, entities: [] });
  await tellSnapshotJob(database, owned).run(id!, new AbortController().signal);
  await database.close();
}

void main(process.argv.slice(2));
