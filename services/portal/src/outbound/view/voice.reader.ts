import type { EventData } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';

export type DevelopmentView = NonNullable<
  EventData<'recommendations.v1.DevelopmentPublished'>['development']
>;
export type AssessmentView = NonNullable<EventData<'recommendations.v1.AssessmentPublished'>['assessment']>;

/** For how many recommendations each voice gives each verdict, by voice. */
export type VerdictCounts = Record<string, Record<string, number>>;

@Injectable()
export class VoiceReader {
  constructor(private readonly database: Database) {}

  /** What has happened to a recommendation, the latest first, and what is said of it, in the order of the days. */
  async about(
    recommendationId: string,
  ): Promise<{ developments: DevelopmentView[]; assessments: AssessmentView[] }> {
    const rows = await this.database.query<{
      subject: string;
      told: DevelopmentView & AssessmentView;
      name: string | null;
    }>(
      `select v.subject, v.told, o.name from view.voice v
       left join directory.organisation o on o.id::text = v.told->>'organisationId'
       where v.held and v.recommendation_ids @> array[$1::uuid] order by v.day desc, v.id desc`,
      [recommendationId],
    );
    const named = rows.map(({ subject, told, name }) => ({
      subject,
      told: { ...told, organisationName: told.organisationName || (name ?? '') },
    }));
    return {
      developments: named.filter(({ subject }) => subject === 'development').map(({ told }) => told),
      assessments: named.filter(({ subject }) => subject === 'assessment').map(({ told }) => told),
    };
  }

  /** @param numbers of recommendations in the read model */
  async counts(numbers: readonly number[]): Promise<VerdictCounts> {
    const rows = await this.database.query<{ voice: string; verdict: string; count: number }>(
      `select v.voice, v.verdict, count(distinct r.id)::int as count
       from view.recommendation r join view.voice v on v.held and v.recommendation_ids @> array[r.id]
       where r.no = any($1) and r.held and v.subject = 'assessment'
       group by v.voice, v.verdict order by v.voice, v.verdict`,
      [numbers],
    );
    const counts: VerdictCounts = {};
    for (const { voice, verdict, count } of rows) counts[voice] = { ...counts[voice], [verdict]: count };
    return counts;
  }
}
