import { kafkaMissing } from '@followthrough/stack';
import { embeddedEvents } from './events/embedded';
import { KafkaEvents } from './events/kafka';
import { costOfScale } from './events/scale';

type Print = (line: string) => void;

const parts: Record<string, (print: Print) => Promise<void>> = {
  embedded: embeddedEvents,
  drain: (print) => overKafka(print, (events) => events.drainAgainstRaw()),
  relay: (print) => overKafka(print, (events) => events.relayAgainstRaw()),
  peer: (print) => overKafka(print, (events) => events.peer()),
  live: (print) => overKafka(print, (events) => events.live()),
  latency: (print) => overKafka(print, (events) => events.latency(500, 20)),
  millions: (print) => overKafka(print, (events) => events.millions()),
  scale: costOfScale,
};

/**
 * From a commit in the publisher's database to a committed effect in the subscriber's, embedded and over Kafka.
 * @param only one part, by its name; all if not given
 */
export async function run(print: Print, only?: string): Promise<void> {
  const missing = kafkaMissing();
  for (const [name, part] of Object.entries(parts)) {
    if (only && only !== name) continue;
    print(`${name}:`);
    if (name !== 'embedded' && missing) print(`  not measured: ${missing}`);
    else await part(print);
  }
}

async function overKafka(print: Print, measure: (events: KafkaEvents) => Promise<void>): Promise<void> {
  const events = await KafkaEvents.open(print);
  try {
    await events.warmUp();
    await measure(events);
  } finally {
    await events.close();
  }
}
