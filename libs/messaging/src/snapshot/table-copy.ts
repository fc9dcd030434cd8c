import type { Copy } from './take-snapshot';
import type { SnapshotTopic } from './topics-with-snapshots';

/**
 * A copy that is a table with a row an aggregate, withdrawn ones too.
 * @param key name of its column of ids, which are UUIDs
 */
export function tableCopy(topic: SnapshotTopic, table: string, key: string): Copy {
  return {
    topic,
    async keys(tx, after, limit) {
      const rows = await tx.query<{ id: string }[]>(
        `select ${key} as id from ${table} where $1::uuid is null or ${key} > $1 order by ${key} limit $2`,
        [after, limit],
      );
      return rows.map(({ id }) => id);
    },
    async forget(tx, keys) {
      await tx.query(`delete from ${table} where ${key} = any($1::uuid[])`, [keys]);
    },
  };
}
