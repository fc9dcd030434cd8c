import type { Transaction } from '@followthrough/database';
import type { ImportEntity, RowRange, Settlement } from '@followthrough/imports';
import { OWN_EXPORT_TEMPLATE } from '../domain/formats';
import { editedFields, hashOfEdit } from '../domain/held/own-row';
import type { Statement } from '../domain/held/statement';
import { recommendationsById } from '../outbound/recommendation-rows';

/**
 * Rows of our own export name their recommendation, so they join it whatever else they say, and only what was
 * edited in them counts: an untouched row leaves no trace, and an edit of one field does not freeze the others.
 */
export async function settleOwnExport(
  tx: Transaction,
  imported: ImportEntity,
  range: RowRange,
): Promise<Settlement[]> {
  if (imported.template !== OWN_EXPORT_TEMPLATE) return [];
  const rows: { no: number; statement: Statement; contentHash: string }[] = await tx.query(
    `select i.no, s.record as statement, encode(s.content_hash, 'hex') as "contentHash"
     from import_row i join source_record s on s.id = i.source_record_id
     where i.import_id = $1 and i.no > $2 and i.no <= $3 and s.record ->> 'externalId' is not null`,
    [imported.id, range.from, range.to],
  );
  const ids = [...new Set(rows.map((row) => row.statement.externalId!).filter(isUuid))];
  const known = new Map((await recommendationsById(tx, ids)).map((row) => [row.id, row]));
  return rows.flatMap(({ no, statement, contentHash }) => {
    const held = known.get(statement.externalId!);
    if (!held || held.withdrawnAt) return [];
    const says = editedFields(statement, held);
    const already = statement.says?.join() === says.join();
    return {
      no,
      joinKey: held.naturalKey,
      idle: says.length === 0,
      record: { ...statement, says },
      contentHash: already ? contentHash : hashOfEdit(contentHash, says),
    };
  });
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
