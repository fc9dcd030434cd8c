import type { EventType } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { causesOf, inSpan, newContext, runInContext, type WorkContext } from '@followthrough/service-kit';
import type { Consumer } from '../consumer';
import type { Handler } from '../handler';
import type { ReceivedEvent } from '../events';

/** Told how long a handler took for how many events. */
export type OnHandled = (handler: Handler, seconds: number, events: number) => void;

/** The handlers of a group by the types of their events. */
export class Handlers {
  private readonly byType = new Map<string, Handler>();
  private readonly service: string;

  constructor(
    private readonly consumer: Consumer,
    private readonly onHandled: OnHandled = () => undefined,
  ) {
    this.service = consumer.group.split('.')[0]!;
    for (const handler of consumer.handlers)
      for (const type of handler.events) this.byType.set(type, handler);
  }

  /** The handler that is to see the event; none where the group does not care or must not be told again. */
  for(event: Pick<ReceivedEvent, 'type' | 'snapshot' | 'snapshotFor'>): Handler | null {
    if (event.snapshotFor && event.snapshotFor !== this.service) return null;
    const handler = this.byType.get(event.type);
    return handler && (handler.snapshots || !event.snapshot) ? handler : null;
  }

  wants(type: EventType): boolean {
    return this.byType.has(type);
  }

  /** Hands events over in order, in runs of consecutive events with the same handler. */
  async handle(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
    for (let start = 0; start < events.length;) {
      const handler = this.byType.get(events[start]!.type)!;
      let end = start + 1;
      while (end < events.length && this.byType.get(events[end]!.type) === handler) end += 1;
      const run = events.slice(start, end);
      const began = performance.now();
      await runInContext(contextOf(run), () => this.handleAsSpan(tx, handler, run));
      this.onHandled(handler, (performance.now() - began) / 1000, run.length);
      start = end;
    }
  }

  private handleAsSpan(tx: Transaction, handler: Handler, run: ReceivedEvent[]): Promise<void> {
    return inSpan(
      `process ${this.consumer.group}`,
      () => ({
        kind: 'consumer',
        ...causesOf(run.map(({ traceparent }) => traceparent)),
        attributes: {
          'messaging.operation.name': 'process',
          'messaging.consumer.group.name': this.consumer.group,
          'messaging.destination.name': run[0]!.topic,
          'messaging.destination.partition.id': String(run[0]!.partition),
          'messaging.batch.message_count': run.length,
          'followthrough.event.type': run[0]!.type,
        },
      }),
      () => handler.handle(tx, run),
    );
  }
}

/** What a handler does belongs to what led to its events, as far as that is one and the same. */
function contextOf(run: readonly ReceivedEvent[]): WorkContext {
  const [first] = run;
  const shared = run.every(({ correlationId }) => correlationId === first!.correlationId);
  const given = shared
    ? { correlationId: first!.correlationId ?? undefined, traceparent: first!.traceparent ?? undefined }
    : {};
  return { ...newContext(given), causationId: run.length === 1 ? first!.id : null };
}
