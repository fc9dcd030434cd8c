import { keyHash, partitionOf, SLOTS, slotOf } from './key-hash';

describe('keyHash', () => {
  // https://github.com/apache/kafka/blob/4.0.0/clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('is what Kafka says of %s', (key, murmur2) => {
    expect(keyHash(key)).toBe(murmur2 & 0x7fffffff);
  });

  it('spreads keys over slots and partitions', () => {
    const keys = Array.from(
      { length: 4000 },
      (_, n) => `0190d2c4-0000-7000-8000-${String(n).padStart(12, '0')}`,
    );
    expect(new Set(keys.map(slotOf)).size).toBe(SLOTS);
    const counts = [0, 0, 0, 0, 0, 0];
    for (const key of keys) counts[partitionOf(key, 6)]! += 1;
    for (const count of counts) expect(count).toBeGreaterThan(500);
  });
});
