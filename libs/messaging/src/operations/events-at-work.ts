import { Problem } from '@followthrough/service-kit';
import type { Messaging } from '../messaging';

/** What moves the events of a service, for its routes: they exist before its consumers run. */
export class EventsAtWork {
  private started: Messaging | null = null;

  begin(messaging: Messaging): void {
    this.started = messaging;
  }

  /** @throws Problem `events-starting` before the start is done */
  get messaging(): Messaging {
    if (this.started) return this.started;
    throw new Problem('unavailable', 'events-starting', 'The service is starting: try again in a moment.');
  }
}
