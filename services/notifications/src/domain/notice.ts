/** What one recipient is told of one fact. */
export type NoticeKind = 'recorded' | 'revised' | 'withdrawn' | 'correction' | 'development' | 'assessment';

export const cadences = ['immediate', 'daily', 'weekly'] as const;
export type Cadence = (typeof cadences)[number];

export const channels = ['inbox', 'email'] as const;
export type Channel = (typeof channels)[number];

/** The key of a fact: a recipient has one notice of it, however often it arrives. */
export function factKey(
  kind: NoticeKind,
  subjectId: string,
  at?: { generation: number; version: number },
): string {
  if (!at) return `${kind}:${subjectId}`;
  return `${kind}:${subjectId}:${at.generation > 0 ? `${at.generation}.` : ''}${at.version}`;
}

interface Wish {
  id: string;
  cadence: Cadence;
  channels: readonly Channel[];
}

/**
 * How a fact reaches a recipient of whom several subscriptions match: in the inbox if any asks for it, by mail
 * as soon as the most impatient one asks.
 */
export function wayOf(wishes: readonly Wish[]): {
  inInbox: boolean;
  cadence: Cadence | null;
  because: string[];
} {
  const mailed = wishes.filter((wish) => wish.channels.includes('email')).map((wish) => wish.cadence);
  return {
    inInbox: wishes.some((wish) => wish.channels.includes('inbox')),
    cadence: cadences.find((cadence) => mailed.includes(cadence)) ?? null,
    because: wishes.map((wish) => wish.id).sort(),
  };
}
