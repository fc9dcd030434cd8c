import type { Transaction } from '@followthrough/database';
import { LaterError, supersedes, type ReceivedEvent } from '@followthrough/messaging';
import { failPoint } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { factKey, wayOf } from '../domain/notice';
import { Notices, type NewNotice } from '../outbound/notices';
import { RecommendationCopies, type RecommendationCopy } from '../outbound/recommendation-copies';
import { SubscriptionIndex, type ActiveSubscription } from '../outbound/subscription-index';
import { VoiceCopies, type VoiceCopy } from '../outbound/voice-copies';
import { PlanMails } from './plan-mails';

export type VoiceEvent = ReceivedEvent<
  | 'recommendations.v1.DevelopmentPublished'
  | 'recommendations.v1.DevelopmentWithdrawn'
  | 'recommendations.v1.AssessmentPublished'
  | 'recommendations.v1.AssessmentRevised'
  | 'recommendations.v1.AssessmentWithdrawn'
  | 'recommendations.v1.AssessmentAnswered'
>;

/** What makes a person's notice: the subscriptions that match, and the first recommendation that they match on. */
interface Heard {
  recommendation: RecommendationCopy;
  wishes: Map<string, ActiveSubscription>;
}

/**
 * Turns developments and assessments into notices, for those who follow one of their recommendations: one a person and
 * fact, however many recommendations of a cluster they follow and by however many subscriptions.
 */
@Injectable()
export class MatchVoices {
  constructor(
    private readonly voices: VoiceCopies,
    private readonly copies: RecommendationCopies,
    private readonly index: SubscriptionIndex,
    private readonly notices: Notices,
    private readonly planMails: PlanMails,
  ) {}

  async run(tx: Transaction, batch: readonly VoiceEvent[]): Promise<void> {
    const news = await this.keepCopies(tx, batch);
    await this.voidWithdrawn(tx, batch);
    if (news.length === 0) return;
    const ids = new Set(news.flatMap(({ copy }) => copy.recommendationIds));
    const recommendations = await this.copies.held(tx, [...ids]);
    const unknown = [...ids].find((id) => !recommendations.has(id));
    // It comes on another key, and so perhaps later.
    if (unknown) throw new LaterError(`the recommendation ${unknown} is not known yet`);
    await this.index.catchUp(tx);
    const notices = news.flatMap((one) => this.noticesOf(one.event, one.copy, recommendations));
    const written = await this.notices.insert(tx, notices);
    failPoint('match.in-handler');
    await this.planMails.run(tx, written);
  }

  private async keepCopies(
    tx: Transaction,
    batch: readonly VoiceEvent[],
  ): Promise<{ event: VoiceEvent; copy: VoiceCopy }[]> {
    const kept = await this.voices.kept(tx, [...new Set(batch.map(({ aggregateId }) => aggregateId))]);
    const changed = new Map<string, VoiceCopy>();
    const news: { event: VoiceEvent; copy: VoiceCopy }[] = [];
    for (const event of batch) {
      const before = kept.get(event.aggregateId);
      if (!supersedes(event, before)) continue;
      const copy = copyAfter(event, before);
      kept.set(event.aggregateId, copy);
      changed.set(event.aggregateId, copy);
      const isNewer = !before || before.generation !== event.generation || before.version < event.version;
      if (isNewer && isNews(event)) news.push({ event, copy });
    }
    await this.voices.keep(tx, changed.values());
    // Published and withdrawn in one batch is told to nobody.
    return news.filter(({ event }) => changed.get(event.aggregateId)?.held);
  }

  /** What has not been mailed yet is not mailed any more, and leaves the inbox. */
  private async voidWithdrawn(tx: Transaction, batch: readonly VoiceEvent[]): Promise<void> {
    const gone = batch.filter(({ type }) => type.endsWith('Withdrawn')).map(({ aggregateId }) => aggregateId);
    if (gone.length === 0) return;
    await tx.query(
      `update notice set state = 'void' from voice_copy v
       where v.id = notice.voice_id and not v.held and v.id = any($1::uuid[])
         and notice.state in ('pending', 'unmailed')`,
      [gone],
    );
  }

  private noticesOf(
    event: VoiceEvent,
    copy: VoiceCopy,
    recommendations: ReadonlyMap<string, RecommendationCopy>,
  ): NewNotice[] {
    const byRecipient = new Map<string, Heard>();
    for (const id of copy.recommendationIds) {
      const recommendation = recommendations.get(id)!;
      if (recommendation.withdrawn) continue;
      for (const wish of this.index.matching(recommendation.state)) {
        const heard = byRecipient.get(wish.recipientId) ?? { recommendation, wishes: new Map() };
        heard.wishes.set(wish.id, wish);
        byRecipient.set(wish.recipientId, heard);
      }
    }
    return [...byRecipient].map(([recipientId, { recommendation, wishes }]) => {
      const way = wayOf([...wishes.values()]);
      return {
        recipientId,
        factKey: factKey(copy.subject, event.aggregateId, event),
        kind: copy.subject,
        recommendationId: recommendation.state.recommendationId,
        stateUnderReview: recommendation.state.stateUnderReview,
        importId: '',
        changedFields: [],
        previousPosition: '',
        corrected: 0,
        voiceId: copy.id,
        subscriptionIds: way.because,
        inInbox: way.inInbox,
        cadence: way.cadence,
        occurredAt: event.occurredAt,
        traceparent: event.traceparent,
      };
    });
  }
}

/** An answer changes nothing of what was judged, and who follows reads it beside the verdict. */
function isNews(event: VoiceEvent): boolean {
  if (event.snapshot) return false;
  switch (event.type) {
    case 'recommendations.v1.DevelopmentPublished':
      return event.data.announce;
    case 'recommendations.v1.AssessmentPublished':
    case 'recommendations.v1.AssessmentRevised':
      return true;
    case 'recommendations.v1.DevelopmentWithdrawn':
    case 'recommendations.v1.AssessmentWithdrawn':
    case 'recommendations.v1.AssessmentAnswered':
      return false;
  }
}

function copyAfter(event: VoiceEvent, before: VoiceCopy | undefined): VoiceCopy {
  const place = { id: event.aggregateId, generation: event.generation, version: event.version };
  switch (event.type) {
    case 'recommendations.v1.DevelopmentPublished': {
      const told = event.data.development;
      return {
        ...place,
        subject: 'development',
        held: true,
        recommendationIds: told?.recommendationIds ?? [],
        kind: told?.kind ?? '',
        day: told?.happenedOn ?? '',
        text: told?.title ?? '',
        language: told?.language ?? 'und',
        organisationName: told?.organisationName ?? '',
        organisationClass: told?.organisationClass ?? '',
      };
    }
    case 'recommendations.v1.AssessmentPublished':
    case 'recommendations.v1.AssessmentRevised':
    case 'recommendations.v1.AssessmentAnswered': {
      const told = event.data.assessment;
      return {
        ...place,
        subject: 'assessment',
        held: true,
        recommendationIds: told ? [told.recommendationId] : [],
        kind: told?.verdict ?? '',
        day: told?.assessedOn ?? '',
        text: told?.summary ?? '',
        language: told?.language ?? 'und',
        organisationName: told?.organisationName ?? '',
        organisationClass: told?.organisationClass ?? '',
      };
    }
    case 'recommendations.v1.DevelopmentWithdrawn':
      return {
        ...gone(before),
        ...place,
        subject: 'development',
        recommendationIds: event.data.recommendationIds,
      };
    case 'recommendations.v1.AssessmentWithdrawn':
      return {
        ...gone(before),
        ...place,
        subject: 'assessment',
        recommendationIds: [event.data.recommendationId],
      };
  }
}

/** The end of what may never have been seen. */
function gone(before: VoiceCopy | undefined) {
  const nothing = {
    kind: '',
    day: '',
    text: '',
    language: 'und',
    organisationName: '',
    organisationClass: '',
  };
  return { ...nothing, ...before, held: false };
}
