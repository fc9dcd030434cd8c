import type { Transaction } from '@followthrough/database';
import type { AggregateVersion } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';
import type { Voice } from '../domain/voice';
import type { Reader } from './reader';

/** What is kept of a development or an assessment, with its place in time. */
export interface VoiceCopy extends Voice, AggregateVersion {
  /** Not withdrawn. */
  held: boolean;
}

const KEEP = `
  insert into voice_copy as kept
    (id, generation, version, subject, held, recommendation_ids, kind, day, text, language, organisation_name, organisation_class)
  select * from jsonb_to_recordset($1::jsonb) as row
    (id uuid, generation integer, version bigint, subject text, held boolean, recommendation_ids uuid[], kind text,
     day text, text text, language text, organisation_name text, organisation_class text)
  on conflict (id) do update
  set generation = excluded.generation, version = excluded.version, held = excluded.held,
      recommendation_ids = excluded.recommendation_ids, kind = excluded.kind, day = excluded.day,
      text = excluded.text, language = excluded.language, organisation_name = excluded.organisation_name,
      organisation_class = excluded.organisation_class
  where (excluded.generation, excluded.version) >= (kept.generation, kept.version)`;

/** The service's own copy of developments and assessments; an older event never overwrites a newer one. */
@Injectable()
export class VoiceCopies {
  async kept(reader: Reader, ids: readonly string[]): Promise<Map<string, VoiceCopy>> {
    const rows = (await reader.query(
      `select id, generation, version, subject, held, recommendation_ids as "recommendationIds", kind, day, text,
              language, organisation_name as "organisationName", organisation_class as "organisationClass"
       from voice_copy where id = any($1::uuid[])`,
      [ids],
    )) as VoiceCopy[];
    return new Map(rows.map((row) => [row.id, row]));
  }

  async keep(tx: Transaction, copies: Iterable<VoiceCopy>): Promise<void> {
    const rows = [...copies].map(({ recommendationIds, organisationName, organisationClass, ...row }) => ({
      ...row,
      recommendation_ids: recommendationIds,
      organisation_name: organisationName,
      organisation_class: organisationClass,
    }));
    if (rows.length > 0) await tx.query(KEEP, [JSON.stringify(rows)]);
  }

  /** What is said about demonstration recommendations alone goes with them. */
  async removeDemo(tx: Transaction): Promise<void> {
    await tx.query(
      `delete from voice_copy where recommendation_ids <@ array(select id from recommendation_copy where demo)`,
    );
  }
}
