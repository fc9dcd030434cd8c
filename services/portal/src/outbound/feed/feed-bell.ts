import { Database } from '@followthrough/database';
import { LOGGER, Problem, type Logger } from '@followthrough/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

/** How late a waiting reader hears of what another process appended; within this one a bell tells. */
const LOOK_EVERY_MS = 1000;
const MOST_WAITING = 1000;

interface Waiting {
  position: number;
  wake(): void;
}

/** Wakes readers who wait for the feed to grow: one look a second for all of them, and none while nobody waits. */
@Injectable()
export class FeedBell implements OnModuleDestroy {
  private readonly waiting = new Set<Waiting>();
  private last = 0;
  private looking: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Told that the feed reaches to `last` now. */
  ring(last: number): void {
    this.last = Math.max(this.last, last);
    for (const one of this.waiting) if (one.position < this.last) one.wake();
  }

  /**
   * Resolves when the feed reaches beyond `position`, after `ms` milliseconds, or when `until` aborts.
   * @throws Problem `rate-limited` where very many wait already
   */
  async beyond(position: number, ms: number, until: AbortSignal): Promise<void> {
    if (this.last > position || until.aborted) return;
    if (this.waiting.size >= MOST_WAITING)
      throw new Problem('rate-limited', 'many-wait', 'Too many readers wait for events: ask without wait.');
    await new Promise<void>((resolve) => {
      const one: Waiting = { position, wake: () => done() };
      const timer = setTimeout(() => done(), ms);
      const done = () => {
        clearTimeout(timer);
        until.removeEventListener('abort', done);
        this.waiting.delete(one);
        if (this.waiting.size === 0) this.rest();
        resolve();
      };
      until.addEventListener('abort', done);
      this.waiting.add(one);
      this.looking ??= setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    });
  }

  onModuleDestroy(): void {
    for (const one of this.waiting) one.wake();
    this.rest();
  }

  private rest(): void {
    if (this.looking) clearInterval(this.looking);
    this.looking = null;
  }

  private async look(): Promise<void> {
    try {
      const [row] = await this.database.query<{ last: number }>('select last from feed.stream');
      this.ring(row!.last);
    } catch (error) {
      this.log.debug({ err: error }, 'the feed could not be looked at');
    }
  }
}
