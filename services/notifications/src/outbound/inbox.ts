import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import type { NoticeKind } from '../domain/notice';
import type { Voice } from '../domain/voice';

export interface InboxNotice {
  id: string;
  kind: NoticeKind;
  recommendationId: string | null;
  stateUnderReview: string;
  recommendationKind: string | null;
  mechanism: string | null;
  symbol: string | null;
  paragraph: string | null;
  text: string | null;
  language: string | null;
  position: string | null;
  recommendingStates: string[] | null;
  /** No longer held since the notice came. */
  withdrawn: boolean;
  changedFields: string[];
  previousPosition: string;
  /** How many notices a correction takes back. */
  corrected: number;
  /** What has happened or who says what, where that is what is told. */
  voice: Pick<
    Voice,
    'id' | 'kind' | 'day' | 'text' | 'language' | 'organisationName' | 'organisationClass'
  > | null;
  /** The subscriptions that caused the notice. */
  subscriptions: { id: string; filter: RecommendationFilter }[];
  occurredAt: Date;
  readAt: Date | null;
}

const PAGE = 20;
const IN_INBOX = `recipient_id = $1 and in_inbox and state <> 'void'`;

/** A member's notices as a list to read. */
@Injectable()
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One page, newest first. That it was opened is remembered: what lies in it then counts as told. */
  async open(
    memberId: string,
    page: number,
  ): Promise<{ unread: number; total: number; notices: InboxNotice[] }> {
    const [counts] = await this.database.query<{ unread: number; total: number }>(
      `select count(*) filter (where read_at is null)::int as unread, count(*)::int as total from notice where ${IN_INBOX}`,
      [memberId],
    );
    const notices = await this.database.query<InboxNotice>(
      `select n.id, n.kind, n.recommendation_id as "recommendationId", n.state_under_review as "stateUnderReview",
              c.kind as "recommendationKind", c.mechanism, c.symbol, c.paragraph, c.text, c.language, c.position,
              c.recommending_states as "recommendingStates", coalesce(c.withdrawn, false) as withdrawn,
              n.changed_fields as "changedFields", n.previous_position as "previousPosition", n.corrected,
              case when v.id is not null then json_build_object('id', v.id, 'kind', v.kind, 'day', v.day, 'text', v.text,
                'language', v.language, 'organisationName', v.organisation_name,
                'organisationClass', v.organisation_class) end as voice,
              (select coalesce(json_agg(json_build_object('id', s.id, 'filter', s.filter) order by s.created_at, s.id), '[]')
               from subscription s where s.id = any(n.subscription_ids)) as subscriptions,
              n.occurred_at as "occurredAt", n.read_at as "readAt"
       from (select * from notice where ${IN_INBOX} order by occurred_at desc, id desc limit ${PAGE} offset $2) n
       left join recommendation_copy c on c.id = n.recommendation_id
       left join voice_copy v on v.id = n.voice_id
       order by n.occurred_at desc, n.id desc`,
      [memberId, (page - 1) * PAGE],
    );
    await this.database.query('update recipient set inbox_seen_at = $2 where id = $1', [
      memberId,
      this.clock.now(),
    ]);
    return { unread: counts?.unread ?? 0, total: counts?.total ?? 0, notices };
  }

  /** @param noticeId null: all of them */
  async markRead(memberId: string, noticeId: string | null): Promise<void> {
    await this.database.query(
      `update notice set read_at = $3 where ${IN_INBOX} and ($2::uuid is null or id = $2) and read_at is null`,
      [memberId, noticeId, this.clock.now()],
    );
  }
}
