import type { Transaction } from '@followthrough/database';

/** Demonstration data that has been withdrawn leaves nothing behind, not even a record that it was there. */
export async function removeDemoRows(tx: Transaction): Promise<void> {
  await tx.query('delete from recommendation where demo and withdrawn_at is not null');
  await tx.query(
    `delete from source_record s where s.family = 'demo'
       and not exists (select from source_membership m where m.source_record_id = s.id)`,
  );
}
