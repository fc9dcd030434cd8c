import type { EventType } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import type { ReceivedEvent } from './events';

/** What a service does with some types of events. */
export interface Handler<T extends EventType = EventType> {
  /** Types it handles; within a group each type has one handler. */
  events: readonly T[];
  /**
   * True where it only keeps a copy: it may then be given snapshots and replays. False where it has effects
   * outside, such as a mail: those it never sees.
   */
  snapshots: boolean;
  /**
   * Handles consecutive events of one partition, oldest first, each for the first time. All it writes through
   * `tx` is committed together with the fact that the events were received. A throw undoes the whole batch,
   * which is then tried in smaller parts; throw {@link LaterError} or {@link NeverError} to say what should
   * become of a single event.
   */
  handle(tx: Transaction, batch: ReceivedEvent<T>[]): Promise<void>;
}

/** A handler with the types of its events told to the compiler. */
export function handler<T extends EventType>(definition: Handler<T>): Handler {
  return definition;
}
