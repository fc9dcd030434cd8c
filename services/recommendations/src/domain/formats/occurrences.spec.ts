import { createHash } from 'node:crypto';
import { Occurrences } from './occurrences';

const key = (n: number) => createHash('sha256').update(String(n)).digest('hex');

describe('Occurrences', () => {
  it('counts every key for itself, also when it grows', () => {
    const occurrences = new Occurrences();
    const first = Array.from({ length: 20_000 }, (_, i) => occurrences.next(key(i)));
    expect(new Set(first)).toEqual(new Set([1]));
    expect([key(0), key(19_999), key(0)].map((hash) => occurrences.next(hash))).toEqual([2, 2, 3]);
    expect(occurrences.next(key(20_000))).toBe(1);
  });
});
