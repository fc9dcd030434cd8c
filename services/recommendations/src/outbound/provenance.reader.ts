import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import type { CallerIdentity } from '@followthrough/service-kit';
import { internalFields, type HeldField } from '../domain/held/held';
import { hold, type Provenance } from '../domain/held/hold';
import type { Statement } from '../domain/held/statement';
import { sessionDate } from '../domain/session-date';
import type { RecommendationRow } from './recommendation-rows';
import { seesInternal } from './recommendation-view';
import { answersFor, decisionsOn, liveSources } from './source-rows';

/** What one source record says, and every row of every import that it was read from. */
export interface ShownSource {
  id: number;
  family: string;
  said: Partial<Statement>;
  raw?: Record<string, string>;
  rows: {
    importId: string;
    format: string;
    fileName?: string;
    at: Record<string, unknown>;
    appliedAt: Date;
  }[];
}

export interface ShownDecision {
  field: HeldField;
  value: unknown;
  decidedBy?: string;
  decidedAt: Date;
}

const hidden: ReadonlySet<string> = new Set(internalFields);
const isPublic = (field: string) => !hidden.has(field);
const publicPart = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => isPublic(field))) as Partial<T>;

/** Where each value of a recommendation is from, down to the rows of the files. Computed, so never out of date. */
@Injectable()
export class ProvenanceReader {
  constructor(private readonly database: Database) {}

  async of(row: RecommendationRow, caller: CallerIdentity | null) {
    const internal = seesInternal(caller, row.stateUnderReview);
    const mayReadImports = caller?.can('imports.read', row.stateUnderReview || null) ?? false;
    return this.database.transaction(async (tx) => {
      const sources = await liveSources(tx, [row.naturalKey]);
      const decisions = (await decisionsOn(tx, [row.id])).get(row.id) ?? [];
      const answers = await answersFor(
        tx,
        sources.map((source) => source.statement),
      );
      const provenance: Provenance = hold(sources, decisions, answers, sessionDate)?.provenance ?? {};
      const raws: { id: number; raw: Record<string, string> }[] = await tx.query(
        'select id, raw from source_record where id = any($1)',
        [sources.map((source) => source.id)],
      );
      const memberships: {
        id: number;
        importId: string;
        format: string;
        fileName: string;
        at: any;
        appliedAt: Date;
      }[] = await tx.query(
        `select m.source_record_id as id, m.import_id as "importId", i.format, i.file_name as "fileName", m.at,
                  i.applied_at as "appliedAt"
           from source_membership m join import i on i.id = m.import_id
           where m.source_record_id = any($1) order by m.apply_no, m.row_no`,
        [sources.map((source) => source.id)],
      );
      const decided: { field: HeldField; value: unknown; decidedBy: string; decidedAt: Date }[] =
        await tx.query(
          `select field, value, decided_by as "decidedBy", decided_at as "decidedAt"
         from decision where recommendation_id = $1 order by decided_at, field`,
          [row.id],
        );
      return {
        fields: internal ? provenance : publicPart(provenance),
        sources: sources.map(({ id, family, statement }): ShownSource => ({
          id,
          family,
          said: internal ? statement : publicPart(statement),
          // The cells of a row may hold what is internal, and nobody can tell which.
          ...(internal && { raw: raws.find((record) => record.id === id)?.raw }),
          rows: memberships
            .filter((membership) => membership.id === id)
            .map(({ importId, format, fileName, at, appliedAt }) => ({
              importId,
              format,
              // A file name may name a person.
              ...(mayReadImports && { fileName }),
              at,
              appliedAt,
            })),
        })),
        decisions: decided
          .filter(({ field }) => internal || isPublic(field))
          .map(({ decidedBy, ...decision }): ShownDecision => ({
            ...decision,
            ...(internal && { decidedBy }),
          })),
      };
    });
  }
}
