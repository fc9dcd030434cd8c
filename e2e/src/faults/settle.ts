import { waitFor } from '@followthrough/testing';
import { onAdmin, readings } from './brokers';
import { databases, type World } from './world';

const PATIENCE_MS = 180_000;

/** What is still on its way, in words; empty when all has come to rest. */
async function underWay(world: World): Promise<string[]> {
  const waiting: string[] = [];
  const ask = async (database: string, what: string, sql: string): Promise<void> => {
    const [row] = await world.rows<{ n: number }>(database, `select count(*)::int as n from ${sql}`);
    if (row!.n > 0) waiting.push(`${row!.n} ${what} in ${database}`);
  };
  for (const database of databases) {
    await ask(database, 'events to send', 'outbox');
    await ask(database, 'events deferred', 'deferred_event');
  }
  await ask('ft_notifications', 'deliveries', `delivery where state in ('queued', 'leased')`);
  await ask('ft_notifications', 'digests', `digest where state in ('open', 'queued')`);
  // One of whose events some were lost waits for hours: that is for the ledger to tell.
  const whole =
    'import_progress where released_at is null and undone_at is null and seen >= announced_events';
  await ask('ft_notifications', 'imports of which all has been seen', whole);
  waiting.push(...(await behind(world)));
  return waiting;
}

/** Groups of ours that have not read to the end. */
function behind(world: World): Promise<string[]> {
  return onAdmin(world.kafka(), async (admin) => {
    const ends = new Map<string, Map<number, string>>();
    const found: string[] = [];
    for (const { groupId, topics } of await readings(admin)) {
      for (const { topic, partitions } of topics) {
        // Several groups read the same.
        if (!ends.has(topic)) {
          const offsets = await admin.fetchTopicOffsets(topic);
          ends.set(topic, new Map(offsets.map(({ partition, high }) => [partition, high])));
        }
        const lag = partitions.reduce(
          (sum, { partition, offset }) =>
            sum + Number(ends.get(topic)!.get(partition)) - Math.max(0, Number(offset)),
          0,
        );
        if (lag > 0) found.push(`${groupId} is ${lag} behind on ${topic}`);
      }
    }
    return found;
  });
}

/** Waits until nothing is on its way any more. */
export async function settled(world: World): Promise<void> {
  let last: string[] = [];
  let calm = 0;
  try {
    await waitFor(
      async () => {
        last = await underWay(world);
        // What has just left one table may not yet be seen in the next.
        calm = last.length === 0 ? calm + 1 : 0;
        return calm === 2;
      },
      { timeout: PATIENCE_MS, what: 'everything to come to rest', every: 250 },
    );
  } catch (error) {
    throw new Error(`Not at rest: ${last.join('; ')}`, { cause: error });
  }
}
