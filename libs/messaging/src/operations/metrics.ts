import type { Database } from '@followthrough/database';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Consumer } from '../consumer';
import type { Handler } from '../handler';
import type { Transport } from '../transport/transport';
import { deferredByGroup, lagOf, outboxDepth, parkedByGroup } from './depths';

export interface MessagingMetrics {
  sent(events: number): void;
  handled(group: string): (handler: Handler, seconds: number, events: number) => void;
}

/** What can be seen of a service's messaging; depths and lags are asked for when someone looks. */
export function messagingMetrics(
  registry: Registry,
  parts: { database: Database; transport: Transport; consumers: readonly Consumer[] },
): MessagingMetrics {
  const { database, transport, consumers } = parts;
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    collect: (gauge: Gauge) => Promise<void>,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      // A database that does not answer is seen elsewhere; the other metrics are still to be had.
      collect() {
        return collect(this).catch(() => this.reset());
      },
    });
  };

  gauge('followthrough_outbox_events', 'Events not yet sent', [], async (depth) => {
    depth.set((await outboxDepth(database)).events);
  });
  gauge('followthrough_outbox_oldest_seconds', 'Age of the oldest event not yet sent', [], async (age) => {
    age.set((await outboxDepth(database)).oldestSeconds);
  });
  gauge('followthrough_consumer_lag_events', 'Events not yet handled', ['group', 'topic'], async (lag) => {
    for (const consumer of consumers) {
      const sums = new Map<string, number>();
      for (const partition of await lagOf(transport, consumer)) {
        sums.set(partition.topic, (sums.get(partition.topic) ?? 0) + partition.lag);
      }
      for (const [topic, events] of sums) lag.set({ group: consumer.group, topic }, events);
    }
  });
  gauge('followthrough_deferred_events', 'Events that wait to be tried again', ['group'], async (deferred) =>
    setEach(deferred, consumers, await deferredByGroup(database)),
  );
  gauge('followthrough_parked_events', 'Events that wait for a person', ['group'], async (parked) =>
    setEach(parked, consumers, await parkedByGroup(database)),
  );

  const sent = new Counter({ name: 'followthrough_events_sent_total', help: 'Events sent', registers });
  const handled = new Counter({
    name: 'followthrough_events_handled_total',
    help: 'Events given to handlers, repetitions included',
    labelNames: ['group'],
    registers,
  });
  const seconds = new Histogram({
    name: 'followthrough_handler_seconds',
    help: 'Time a handler took for one run of events',
    labelNames: ['group', 'handler'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  return {
    sent: (events) => sent.inc(events),
    handled: (group) => (handler, took, events) => {
      handled.inc({ group }, events);
      seconds.observe({ group, handler: handler.events[0] }, took);
    },
  };
}

function setEach(gauge: Gauge, consumers: readonly Consumer[], events: Map<string, number>): void {
  for (const { group } of consumers) gauge.set({ group }, events.get(group) ?? 0);
}
