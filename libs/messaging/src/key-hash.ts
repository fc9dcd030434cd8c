const M = 0x5bd1e995;

/**
 * Hash of an event's key, at least 0: Kafka's own (murmur2 over UTF-8, as Java's default partitioner has it), so
 * that whoever else writes to a topic puts a key into the same partition as we do.
 */
export function keyHash(key: string): number {
  const bytes = Buffer.from(key, 'utf8');
  const length = bytes.length;
  let h = 0x9747b28c ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k = Math.imul(bytes.readInt32LE(at), M);
    k ^= k >>> 24;
    h = Math.imul(h, M) ^ Math.imul(k, M);
  }
  const rest = length - at;
  if (rest > 2) h ^= bytes[at + 2]! << 16;
  if (rest > 1) h ^= bytes[at + 1]! << 8;
  if (rest > 0) h = Math.imul(h ^ bytes[at]!, M);
  h = Math.imul(h ^ (h >>> 13), M);
  return (h ^ (h >>> 15)) & 0x7fffffff;
}

/** The outbox is divided into this many slots by hash of the key; a relay holds some of them. */
export const SLOTS = 16;

export const slotOf = (key: string): number => keyHash(key) % SLOTS;

/** Partition of a key: all events of an aggregate lie in one. */
export const partitionOf = (key: string, partitions: number): number => keyHash(key) % partitions;
