import type { Api } from './api';

export interface FeedRead {
  events: { id: string; type: string; subject: string }[];
  /** Where to read on. */
  next: string;
}

/** Reads the partners' feed from an address on until there is nothing more. */
export async function readFeed(api: Api, address = '/api/events?limit=1000'): Promise<FeedRead> {
  const events: FeedRead['events'] = [];
  for (let next = address; ;) {
    const { status, headers, body } = await api.get(next);
    if (status !== 200) throw new Error(`The feed cannot be read: ${JSON.stringify(body)}`);
    next = /^<(.+)>; rel="next"$/.exec(headers.get('link')!)![1]!;
    if (body.length === 0) return { events, next };
    events.push(...(body as FeedRead['events']));
  }
}
