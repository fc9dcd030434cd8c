/**
 * Where this process's own mailbox listens. There is at most one: the notifications service opens it
 * and announces it here, and every service of the same process that sends mail without a relay, or to
 * a demo account, finds it here.
 */
class LocalMailboxAddress {
  private listening: string | null = null;

  /** `smtp://127.0.0.1:<port>`, or null while nothing listens. */
  readonly url = (): string | null => this.listening;

  announce(url: string): void {
    this.listening = url;
  }

  withdraw(url: string): void {
    if (this.listening === url) this.listening = null;
  }
}

export const localMailbox = new LocalMailboxAddress();
