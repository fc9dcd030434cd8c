import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';

const COMMIT_WITHIN_MS = 200;
const LAST_TRIES = 20;
const LAST_PAUSE_MS = 250;

interface Commit {
  topic: string;
  partition: number;
  /** Of the record to go on with. */
  next: number;
}

/**
 * Commits the offsets of a member a few times a second, whatever kafkajs thinks has been read: without automatic
 * commits it commits nothing by itself.
 */
export class OffsetCommits {
  private readonly noted = new Map<string, Commit>();
  private timer: NodeJS.Timeout | null = null;
  private committing: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumer: Pick<Consumer, 'commitOffsets'>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  note(key: string, commit: Commit): void {
    this.noted.set(key, commit);
    this.timer ??= setTimeout(() => void this.flush().catch(this.onFailure), COMMIT_WITHIN_MS);
  }

  /** The partition is another member's now. */
  forget(key: string): void {
    this.noted.delete(key);
  }

  /** @throws where the group refuses: the offsets stay noted */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    return (this.committing = this.committing.catch(() => undefined).then(() => this.commit()));
  }

  /** The last commit of a member: outlasts a group that is just being formed anew. */
  async close(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.flush();
      } catch (error) {
        if (attempt === LAST_TRIES) return this.onFailure(error);
        await delay(LAST_PAUSE_MS);
      }
    }
  }

  private async commit(): Promise<void> {
    const commits = [...this.noted];
    if (commits.length === 0) return;
    this.noted.clear();
    try {
      await this.consumer.commitOffsets(
        commits.map(([, { topic, partition, next }]) => ({ topic, partition, offset: String(next) })),
      );
    } catch (error) {
      for (const [key, commit] of commits) if (!this.noted.has(key)) this.noted.set(key, commit);
      throw error;
    }
  }
}
