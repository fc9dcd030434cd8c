import type { ImportResult } from '@followthrough/imports';
import type { Transaction } from '@followthrough/database';
import { publish, type OutgoingEvent } from '@followthrough/messaging';
import { v7 as uuidv7 } from 'uuid';
import { changeBetween, isNews, stateOf, type Held, type HeldField } from '../domain/held/held';
import { hold } from '../domain/held/hold';
import { sessionDate } from '../domain/session-date';
import {
  insertRecommendations,
  lockByNaturalKey,
  updateRecommendations,
  type RecommendationRow,
} from '../outbound/recommendation-rows';
import { answersFor, byJoinKey, decisionsOn, liveSources } from '../outbound/source-rows';

/** Why recommendations are brought in line. */
export interface Cause {
  /** '' where a person did it */
  importId: string;
  announce: boolean;
  /** why those go that no source holds any more */
  withdrawal: 'import-undone' | 'source-changed' | 'by-person' | 'demo-removed';
  at: Date;
}

type Write = { id: string; naturalKey: string; held: Held; version: number; withdrawn: boolean };

/**
 * Brings what is held true in line with its source records and decisions, and publishes what changed, all in the
 * caller's transaction. Everything that changes a recommendation comes through here. Doing it twice changes
 * nothing and publishes nothing.
 */
export async function holdRecommendations(
  tx: Transaction,
  joinKeys: string[],
  cause: Cause,
): Promise<ImportResult> {
  const existing = new Map((await lockByNaturalKey(tx, joinKeys)).map((row) => [row.naturalKey, row]));
  const sources = await liveSources(tx, joinKeys);
  const decisions = await decisionsOn(
    tx,
    [...existing.values()].map((row) => row.id),
  );
  const answers = await answersFor(
    tx,
    sources.map((source) => source.statement),
  );
  const inserted: Write[] = [];
  const updated: Write[] = [];
  const events: OutgoingEvent[] = [];
  const result: ImportResult = { recorded: 0, revised: 0, withdrawn: 0, unchanged: 0, announced: 0 };
  const tell = (event: OutgoingEvent, announce: boolean) => {
    events.push(event);
    if (announce) result.announced += 1;
  };

  const grouped = byJoinKey(sources);
  for (const naturalKey of new Set(joinKeys)) {
    const before = existing.get(naturalKey);
    const held = hold(
      grouped.get(naturalKey) ?? [],
      before ? (decisions.get(before.id) ?? []) : [],
      answers,
      sessionDate,
    )?.held;
    if (!held) {
      if (!before || before.withdrawnAt) continue;
      updated.push({ ...before, held: before, version: before.version + 1, withdrawn: true });
      tell(withdrawn(before, cause), cause.announce);
      result.withdrawn += 1;
    } else if (!before || before.withdrawnAt) {
      const id = before?.id ?? uuidv7();
      const version = (before?.version ?? 0) + 1;
      (before ? updated : inserted).push({ id, naturalKey, held, version, withdrawn: false });
      tell(recorded(id, version, held, cause), cause.announce);
      result.recorded += 1;
    } else {
      const change = changeBetween(before, held);
      if (change.fields.length === 0) {
        result.unchanged += 1;
        continue;
      }
      const version = before.version + (change.told.length > 0 ? 1 : 0);
      updated.push({ id: before.id, naturalKey, held, version, withdrawn: false });
      if (change.told.length > 0) {
        const announce = cause.announce && isNews(change);
        tell(revised(before, version, held, change.told, { ...cause, announce }), announce);
      }
      result.revised += 1;
    }
  }
  await insertRecommendations(tx, inserted);
  await updateRecommendations(tx, updated, cause.at);
  await publish(tx, ...events);
  return result;
}

const common = (id: string, version: number, held: Held, at: Date) => ({
  aggregateId: id,
  version,
  stateUnderReview: held.stateUnderReview || null,
  visibility: 'public' as const,
  occurredAt: at,
});

function recorded(id: string, version: number, held: Held, { importId, announce, at }: Cause): OutgoingEvent {
  return {
    type: 'recommendations.v1.RecommendationRecorded',
    ...common(id, version, held, at),
    data: { recommendation: stateOf(id, held), importId, announce },
  };
}

function revised(
  before: RecommendationRow,
  version: number,
  held: Held,
  changedFields: HeldField[],
  { importId, announce, at }: Cause,
): OutgoingEvent {
  return {
    type: 'recommendations.v1.RecommendationRevised',
    ...common(before.id, version, held, at),
    data: {
      recommendation: stateOf(before.id, held),
      importId,
      announce,
      changedFields,
      previousPosition: before.position,
    },
  };
}

function withdrawn(before: RecommendationRow, { importId, announce, withdrawal, at }: Cause): OutgoingEvent {
  return {
    type: 'recommendations.v1.RecommendationWithdrawn',
    ...common(before.id, before.version + 1, before, at),
    data: { recommendationId: before.id, reason: withdrawal, importId, announce },
  };
}
