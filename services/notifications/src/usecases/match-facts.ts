import type { RecommendationState } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { supersedes } from '@followthrough/messaging';
import { Clock, failPoint } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { isNews, newsOf, type RecommendationEvent } from '../domain/news';
import { factKey, wayOf } from '../domain/notice';
import { ImportsSeen, isComplete, type ImportProgress } from '../outbound/imports-seen';
import { Notices, type NewNotice } from '../outbound/notices';
import { RecommendationCopies, type RecommendationCopy } from '../outbound/recommendation-copies';
import { SubscriptionIndex, type ActiveSubscription } from '../outbound/subscription-index';
import { PlanMails } from './plan-mails';
import { ReleaseImport } from './release-import';

interface News {
  event: RecommendationEvent;
  before: RecommendationState | null;
  after: RecommendationState;
}

/**
 * Turns facts about recommendations into notices: one per recipient and fact. Keeps the copy first; whatever is
 * not newer than the copy, was not announced, or only tells the present state again, is no news.
 */
@Injectable()
export class MatchFacts {
  constructor(
    private readonly copies: RecommendationCopies,
    private readonly index: SubscriptionIndex,
    private readonly notices: Notices,
    private readonly imports: ImportsSeen,
    private readonly planMails: PlanMails,
    private readonly releaseImport: ReleaseImport,
    private readonly clock: Clock,
  ) {}

  async run(tx: Transaction, batch: readonly RecommendationEvent[]): Promise<void> {
    const news = await this.keepCopies(tx, batch);
    if (news.length === 0) return;
    const importIds = [
      ...new Set(news.map(({ event }) => event.data.importId).filter((id) => id !== '')),
    ].sort();
    const progress = await this.imports.find(tx, importIds);
    await this.index.catchUp(tx);
    const notices = news.flatMap((one) => this.noticesOf(one, progress.get(one.event.data.importId)));
    const written = await this.notices.insert(tx, notices);
    failPoint('match.in-handler');
    await this.planMails.run(tx, written);
    for (const importId of importIds) {
      const seen = news.filter(({ event }) => event.data.importId === importId).length;
      await this.countSeen(tx, importId, seen);
    }
  }

  private async keepCopies(tx: Transaction, batch: readonly RecommendationEvent[]): Promise<News[]> {
    const held = await this.copies.held(tx, [...new Set(batch.map(({ aggregateId }) => aggregateId))]);
    const changed = new Map<string, RecommendationCopy>();
    const news: News[] = [];
    for (const event of batch) {
      const before = held.get(event.aggregateId);
      if (!supersedes(event, before)) continue;
      const announced = isNews(event, before ?? null);
      const copy = copyAfter(event, before, announced);
      held.set(event.aggregateId, copy);
      changed.set(event.aggregateId, copy);
      if (announced) news.push({ event, before: before?.state ?? null, after: copy.state });
    }
    await this.copies.keep(tx, changed.values());
    return news;
  }

  private noticesOf({ event, before, after }: News, progress: ImportProgress | undefined): NewNotice[] {
    const told = newsOf(event, progress);
    if (!told) return [];
    const byRecipient = new Map<string, ActiveSubscription[]>();
    for (const subscription of this.followersOf(event, before, after)) {
      const wishes = byRecipient.get(subscription.recipientId);
      if (wishes) wishes.push(subscription);
      else byRecipient.set(subscription.recipientId, [subscription]);
    }
    return [...byRecipient].map(([recipientId, wishes]) => {
      const way = wayOf(wishes);
      return {
        recipientId,
        factKey: factKey(told.kind, event.aggregateId, event),
        kind: told.kind,
        recommendationId: event.aggregateId,
        stateUnderReview: after.stateUnderReview,
        importId: event.data.importId,
        changedFields: told.changedFields,
        previousPosition: told.previousPosition,
        corrected: 0,
        subscriptionIds: way.because,
        inInbox: way.inInbox,
        cadence: told.late && way.cadence === 'immediate' ? 'daily' : way.cadence,
        occurredAt: event.occurredAt,
        traceparent: event.traceparent,
      };
    });
  }

  /** A revision also concerns those who followed what the recommendation was before it. */
  private followersOf(
    event: RecommendationEvent,
    before: RecommendationState | null,
    after: RecommendationState,
  ): ActiveSubscription[] {
    const found = this.index.matching(after);
    if (event.type !== 'recommendations.v1.RecommendationRevised' || !before) return found;
    const known = new Set(found.map(({ id }) => id));
    return [...found, ...this.index.matching(before).filter(({ id }) => !known.has(id))];
  }

  private async countSeen(tx: Transaction, importId: string, seen: number): Promise<void> {
    const progress = await this.imports.count(tx, importId, seen, this.clock.now());
    if (progress.undoneAt) {
      await tx.query(
        `update notice set state = 'void' where import_id = $1 and state = 'pending' and kind <> 'correction'`,
        [importId],
      );
    } else if (isComplete(progress)) {
      await this.releaseImport.run(tx, importId);
    }
  }
}

function copyAfter(
  event: RecommendationEvent,
  before: RecommendationCopy | undefined,
  announced: boolean,
): RecommendationCopy {
  const withdrawn = event.type === 'recommendations.v1.RecommendationWithdrawn';
  const state = withdrawn ? (before?.state ?? stub(event)) : (event.data.recommendation ?? stub(event));
  return {
    state: { ...state, recommendationId: event.aggregateId },
    generation: event.generation,
    version: event.version,
    withdrawn,
    importId: event.data.importId,
    announcedAt: announced ? event.occurredAt : (before?.announcedAt ?? null),
  };
}

/** A recommendation of which nothing but its end is known. */
function stub(event: RecommendationEvent): RecommendationState {
  const nothing = {
    kind: '',
    mechanism: '',
    cycle: 0,
    session: 0,
    symbol: '',
    paragraph: '',
    text: '',
    position: '',
  };
  return {
    ...nothing,
    recommendationId: event.aggregateId,
    stateUnderReview: event.stateUnderReview ?? '',
    language: 'und',
    recommendingStates: [],
    actionCategory: 0,
    themes: [],
    groups: [],
    sdgs: [],
    reviewDate: '',
    demo: false,
    sources: [],
  };
}
