import type { Transaction } from '@followthrough/database';
import type { ValueEntry } from '../../domain/roadmap/indicator-values';
import { rowsOf, type Reader } from '../rows-of';

const ENTRY = `select indicator_id as "indicatorId", action_id as "actionId", sequence, observed_on as "observedOn", trim_scale(value)::text as value,
  source, corrects, reason from indicator_value`;

export type StoredValue = ValueEntry & { indicatorId: string; actionId: string };

/** All entries of an indicator, in order of recording. */
export function valuesOf(reader: Reader, indicatorId: string): Promise<StoredValue[]> {
  return rowsOf<StoredValue>(reader, `${ENTRY} where indicator_id = $1 order by sequence`, [indicatorId]);
}

export function valuesOfRoadmap(reader: Reader, roadmapId: string): Promise<StoredValue[]> {
  return rowsOf<StoredValue>(reader, `${ENTRY} where roadmap_id = $1 order by indicator_id, sequence`, [
    roadmapId,
  ]);
}

export async function insertValue(
  tx: Transaction,
  of: { roadmapId: string; actionId: string; indicatorId: string },
  entry: ValueEntry,
  by: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into indicator_value (indicator_id, sequence, roadmap_id, action_id, observed_on, value, source, corrects,
       reason, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      of.indicatorId,
      entry.sequence,
      of.roadmapId,
      of.actionId,
      entry.observedOn,
      entry.value,
      entry.source,
      entry.corrects,
      entry.reason,
      at,
      by,
    ],
  );
}
