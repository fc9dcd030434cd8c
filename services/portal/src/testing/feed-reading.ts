import { HTTP, type CloudEvent as SdkEvent } from 'cloudevents';
import type { CloudEvent } from '../domain/feed/cloud-event';
import type { RunningPortal } from './start-portal';

export interface Batch {
  events: CloudEvent[];
  /** Address of the link with the relation `next`. */
  next: string;
}

/** Reads one batch as a partner does: the CloudEvents SDK must take each event. */
export async function readFeed(portal: RunningPortal, address: string, token?: string): Promise<Batch> {
  const answer = await fetch(new URL(address, portal.url), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${body}`);
  const next = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link')!)![1]!;
  const events = JSON.parse(body) as CloudEvent[];
  const contentType = answer.headers.get('content-type')!;
  // The SDK refuses an empty batch, which the format allows.
  const taken =
    events.length === 0
      ? []
      : (HTTP.toEvent({ headers: { 'content-type': contentType }, body }) as SdkEvent[]);
  for (const event of taken) event.validate();
  if (taken.length !== events.length || taken.some(({ id }, index) => id !== events[index]!.id))
    throw new Error(`The SDK read something else than was sent: ${JSON.stringify(taken)}`);
  return { events, next };
}

/** Reads on until there is nothing more. */
export async function readFeedOn(portal: RunningPortal, address: string, token?: string): Promise<Batch> {
  const all: CloudEvent[] = [];
  for (let next = address; ;) {
    const batch = await readFeed(portal, next, token);
    if (batch.events.length === 0) return { events: all, next: batch.next };
    all.push(...batch.events);
    next = batch.next;
  }
}

/** What a reader holds who applies each event to a copy: text by id, older never over newer. */
export function copyOf(events: readonly CloudEvent[]): Record<string, string> {
  const copy = new Map<string, { order: [number, number]; text: string | null }>();
  for (const { subject, generation, aggregateversion, data } of events) {
    const held = copy.get(subject);
    if (held && (held.order[0] - generation || held.order[1] - aggregateversion) > 0) continue;
    const { recommendation } = data as { recommendation?: { text: string } };
    copy.set(subject, { order: [generation, aggregateversion], text: recommendation?.text ?? null });
  }
  return Object.fromEntries([...copy].flatMap(([id, { text }]) => (text === null ? [] : [[id, text]])));
}
