import { Injectable } from '@nestjs/common';
import type { Cursor } from '../domain/feed/cursor';
import { FeedBell } from '../outbound/feed/feed-bell';
import { FeedReader, type FeedPage, type Wanted } from '../outbound/feed/feed.reader';

/** Tells what is new in the feed, and waits for it where there is nothing yet. */
@Injectable()
export class FollowFeed {
  constructor(
    private readonly reader: FeedReader,
    private readonly bell: FeedBell,
  ) {}

  /**
   * @param waitMs how long to wait for the first event, in milliseconds
   * @param until aborts the waiting; what there is by then, ordinarily nothing, is the answer
   */
  async follow(after: Cursor | null, wanted: Wanted, waitMs: number, until: AbortSignal): Promise<FeedPage> {
    const end = performance.now() + waitMs;
    let page = await this.reader.read(after, wanted);
    for (;;) {
      const left = end - performance.now();
      if (page.events.length > 0 || left <= 0 || until.aborted) return page;
      await this.bell.beyond(page.next.position, left, until);
      page = await this.reader.read(page.next, wanted);
    }
  }
}
