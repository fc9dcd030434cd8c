import type { Transaction } from '@followthrough/database';
import { dropRows, dropUnusedRecords } from '@followthrough/imports';

/** Demonstration data that has been withdrawn leaves nothing behind, not even a record that it was there. */
export async function removeDemoRows(tx: Transaction, importId: string): Promise<void> {
  await tx.query('delete from recommendation where demo and withdrawn_at is not null');
  await dropRows(tx, importId);
  await dropUnusedRecords(tx);
}
