import type { RecommendationFilter } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import type { DigestNotice } from '../domain/digest-content';
import type { NoticeKind } from '../domain/notice';
import { RecommendationCopies } from './recommendation-copies';
import { VoiceCopies } from './voice-copies';
import type { Reader } from './reader';

/** What a digest is made of, read at the moment it is rendered. */
export interface DigestContent {
  notices: DigestNotice[];
  /** Number of notices that a correction takes back. */
  corrected: number;
  subscriptions: { id: string; unsubscribeId: string; filter: RecommendationFilter }[];
}

/** More than a span names; a digest of thousands of facts is not read whole for it. */
const MOST_TRACES = 100;

@Injectable()
export class DigestContents {
  constructor(
    private readonly copies: RecommendationCopies,
    private readonly voices: VoiceCopies,
  ) {}

  /**
   * Drops from a digest what would no longer be true or wanted: withdrawn since (or, for a withdrawal, held
   * again), its import undone, its subscriptions ended or no longer by mail.
   * @param maybeTold an attempt without an answer may have told it already, so it counts as sent
   * @returns how many notices are left
   */
  async dropWhatIsNoLongerTrue(tx: Transaction, digestId: string, maybeTold = false): Promise<number> {
    await tx.query(DROP_UNTRUE, [digestId, maybeTold ? 'sent' : 'void']);
    await tx.query(DROP_UNWANTED, [digestId, maybeTold ? 'sent' : 'unmailed']);
    const [left] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from notice where digest_id = $1 and state in ('claimed', 'sending')`,
      [digestId],
    );
    return left?.count ?? 0;
  }

  /** Traces of the facts that a digest tells, as far as they were recorded. */
  async traces(tx: Transaction, digestId: string): Promise<string[]> {
    const rows = await tx.query<{ traceparent: string }[]>(
      `select distinct traceparent from notice where digest_id = $1 and traceparent is not null limit ${MOST_TRACES}`,
      [digestId],
    );
    return rows.map(({ traceparent }) => traceparent);
  }

  async read(reader: Reader, digestId: string): Promise<DigestContent> {
    const rows = (await reader.query(
      `select kind, recommendation_id as "recommendationId", changed_fields as "changedFields",
              previous_position as "previousPosition", corrected, subscription_ids as "subscriptionIds",
              recipient_id as "recipientId", import_id as "importId", voice_id as "voiceId"
       from notice where digest_id = $1 and state in ('claimed', 'sending') order by occurred_at, id`,
      [digestId],
    )) as NoticeRow[];
    const ids = rows.flatMap(({ recommendationId }) => (recommendationId ? [recommendationId] : []));
    const copies = await this.copies.held(reader, ids);
    const voices = await this.voices.kept(
      reader,
      rows.flatMap(({ voiceId }) => (voiceId ? [voiceId] : [])),
    );
    const notices = rows.flatMap((row): DigestNotice[] => {
      const copy = row.recommendationId ? copies.get(row.recommendationId) : undefined;
      if (!copy || row.kind === 'correction') return [];
      const recommendation = copy.state;
      if (row.kind !== 'development' && row.kind !== 'assessment') {
        return [{ ...row, kind: row.kind, recommendation }];
      }
      const voice = row.voiceId ? voices.get(row.voiceId) : undefined;
      return voice ? [{ kind: row.kind, voice, recommendation }] : [];
    });
    const because = [...new Set(rows.flatMap(({ subscriptionIds }) => subscriptionIds))];
    const subscriptions = (await reader.query(
      `select id, unsubscribe_id as "unsubscribeId", filter from subscription
       where id = any($1::uuid[]) and state = 'active' order by created_at, id limit 5`,
      [because],
    )) as DigestContent['subscriptions'];
    return { notices, corrected: await this.mailedBefore(reader, rows), subscriptions };
  }

  /** What a correction by mail takes back is what had been mailed. */
  private async mailedBefore(reader: Reader, rows: NoticeRow[]): Promise<number> {
    const correction = rows.find(({ kind }) => kind === 'correction');
    if (!correction) return 0;
    const [mailed] = (await reader.query(
      `select count(*)::int as count from notice
       where recipient_id = $1 and import_id = $2 and kind <> 'correction' and state = 'sent'`,
      [correction.recipientId, correction.importId],
    )) as { count: number }[];
    return mailed?.count ?? 0;
  }
}

interface NoticeRow {
  kind: NoticeKind;
  voiceId: string | null;
  recommendationId: string | null;
  changedFields: string[];
  previousPosition: string;
  corrected: number;
  subscriptionIds: string[];
  recipientId: string;
  importId: string;
}

const DROP_UNTRUE = `
  update notice n set state = $2
  where n.digest_id = $1 and n.state in ('claimed', 'sending') and n.kind <> 'correction' and (
    exists (select from recommendation_copy c
            where c.id = n.recommendation_id and c.withdrawn = (n.kind <> 'withdrawn'))
    or exists (select from voice_copy v where v.id = n.voice_id and not v.held)
    or exists (select from import_progress i where i.import_id = n.import_id and i.undone_at is not null))`;

/** A correction also reaches those who have paused since, not those who have stopped. */
const DROP_UNWANTED = `
  update notice n set state = $2
  where n.digest_id = $1 and n.state in ('claimed', 'sending') and not exists (
    select from subscription s
    where s.id = any(n.subscription_ids) and 'email' = any(s.channels)
      and (s.state = 'active' or (s.state = 'paused' and n.kind = 'correction')))`;
