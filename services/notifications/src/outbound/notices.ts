import type { Transaction } from '@followthrough/database';
import { Clock, traceToKeep } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Cadence, NoticeKind } from '../domain/notice';

export interface NewNotice {
  recipientId: string;
  factKey: string;
  kind: NoticeKind;
  recommendationId: string | null;
  stateUnderReview: string;
  importId: string;
  changedFields: string[];
  previousPosition: string;
  corrected: number;
  /** The development or assessment that is told, if one is. */
  voiceId?: string;
  subscriptionIds: string[];
  inInbox: boolean;
  cadence: Cadence | null;
  occurredAt: Date;
  /** Of the fact; of the present work, if not given. */
  traceparent?: string | null;
}

/** What of new notices was really new, as far as mails have to be planned for it. */
export interface Planned {
  recipientId: string;
  cadence: Cadence | null;
  importId: string;
  noticeId: string;
}

const CHUNK = 2000;

@Injectable()
export class Notices {
  constructor(private readonly clock: Clock) {}

  /** Writes notices; a fact that a recipient has already is left as it is, a recipient who is gone is passed by. */
  async insert(tx: Transaction, notices: readonly NewNotice[]): Promise<Planned[]> {
    const planned: Planned[] = [];
    for (let from = 0; from < notices.length; from += CHUNK) {
      const rows = notices.slice(from, from + CHUNK).map((notice) => ({
        id: uuidv7(),
        recipient_id: notice.recipientId,
        fact_key: notice.factKey,
        kind: notice.kind,
        recommendation_id: notice.recommendationId,
        state_under_review: notice.stateUnderReview,
        import_id: notice.importId,
        changed_fields: notice.changedFields,
        previous_position: notice.previousPosition,
        corrected: notice.corrected,
        voice_id: notice.voiceId ?? null,
        subscription_ids: notice.subscriptionIds,
        in_inbox: notice.inInbox,
        cadence: notice.cadence,
        occurred_at: notice.occurredAt,
        traceparent: traceToKeep(notice.traceparent),
      }));
      planned.push(...(await tx.query<Planned[]>(INSERT, [JSON.stringify(rows), this.clock.now()])));
    }
    return planned;
  }
}

const INSERT = `
  insert into notice (id, recipient_id, fact_key, kind, recommendation_id, state_under_review, import_id,
                      changed_fields, previous_position, corrected, voice_id, subscription_ids, in_inbox, cadence, state,
                      occurred_at, traceparent, created_at)
  select n.id, n.recipient_id, n.fact_key, n.kind, n.recommendation_id, n.state_under_review, n.import_id,
         n.changed_fields, n.previous_position, n.corrected, n.voice_id, n.subscription_ids, n.in_inbox, n.cadence,
         case when n.cadence is null then 'unmailed' else 'pending' end, n.occurred_at, n.traceparent,
         $2::timestamptz
  from json_to_recordset($1) as n (id uuid, recipient_id uuid, fact_key text, kind text, recommendation_id uuid,
       state_under_review text, import_id text, changed_fields text[], previous_position text, corrected integer, voice_id uuid,
       subscription_ids uuid[], in_inbox boolean, cadence text, occurred_at timestamptz, traceparent text)
  join recipient on recipient.id = n.recipient_id
  on conflict (recipient_id, fact_key) do nothing
  returning recipient_id as "recipientId", cadence, import_id as "importId", id as "noticeId"`;
