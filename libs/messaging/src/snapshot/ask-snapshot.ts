import { currentGeneration, type Transaction } from '@followthrough/database';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { copyingServices, type SnapshotTopic } from './topics-with-snapshots';

/**
 * Asks for a snapshot of a topic; one that is under way for the same service, or for all, is the one that is asked for.
 * @returns its id
 * @throws Problem where nobody of the name keeps a copy, or another snapshot is under way
 */
export async function askSnapshot(
  tx: Transaction,
  caller: CallerIdentity,
  topic: SnapshotTopic,
  recipient: string | null,
): Promise<string> {
  const known = copyingServices(topic);
  if (recipient !== null && !known.includes(recipient)) {
    throw new Problem(
      'unprocessable',
      'keeps-no-copy',
      `${recipient} keeps no copy of ${topic}: choose one of ${known.join(', ')}.`,
    );
  }
  const id = uuidv7();
  const made = await tx.query<unknown[]>(
    `insert into snapshot (id, generation, recipient, asked_by) values ($1, $2, $3, $4)
     on conflict do nothing returning id`,
    [id, await currentGeneration(tx), recipient, caller.id],
  );
  if (made.length === 0) return underWay(tx, recipient);
  await audit(tx, {
    caller,
    action: 'snapshot.ask',
    subject: 'snapshot',
    subjectId: id,
    details: { topic, recipient },
  });
  return id;
}

async function underWay(tx: Transaction, recipient: string | null): Promise<string> {
  const [other] = await tx.query<{ id: string; recipient: string | null }[]>(
    'select id, recipient from snapshot where done_at is null',
  );
  if (other && (other.recipient === recipient || other.recipient === null)) return other.id;
  throw new Problem(
    'conflict',
    'snapshot-under-way',
    `A snapshot for ${other?.recipient ?? 'another service'} is under way: wait until it is done, then ask again.`,
  );
}
