/**
 * Wakes those who wait for something in this process, so that nobody has to ask the database often. A ring
 * while nobody waits is kept for the next who does. Nothing depends on it but speed.
 */
export class Bell {
  private rung = false;
  private waiting: (() => void) | null = null;

  ring(): void {
    if (this.waiting) this.waiting();
    else this.rung = true;
  }

  /** Resolves at the next ring, or after `ms` milliseconds. */
  wait(ms: number): Promise<void> {
    if (this.rung) {
      this.rung = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting = done;
    });
  }
}

const bells = new WeakMap<object, Bell>();

/** The bell of a database's outbox in this process. */
export function outboxBell(dataSource: object): Bell {
  let bell = bells.get(dataSource);
  if (!bell) bells.set(dataSource, (bell = new Bell()));
  return bell;
}
