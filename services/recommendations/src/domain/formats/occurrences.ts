/**
 * How often each key has been met, in a few bytes a key: a file may have hundreds of thousands of rows. Keys are
 * hex SHA-256; their first 96 bits tell them apart.
 */
export class Occurrences {
  private size = 0;
  private slots = new Uint32Array(4 * 4096);

  /** 1 for the first time, 2 for the second, ... */
  next(hash: string): number {
    if (this.size * 2 >= this.slots.length / 4) this.grow();
    const words = [hash.slice(0, 8), hash.slice(8, 16), hash.slice(16, 24)].map((hex) => parseInt(hex, 16));
    const slot = this.find(words[0]!, words[1]!, words[2]!);
    if (this.slots[slot + 3] === 0) this.size += 1;
    this.slots.set(words, slot);
    this.slots[slot + 3]! += 1;
    return this.slots[slot + 3]!;
  }

  /** The key's own slot, or the free one that is its. Four words: three of the key, one that counts. */
  private find(a: number, b: number, c: number): number {
    const count = this.slots.length / 4;
    for (let at = a % count; ; at = (at + 1) % count) {
      const slot = at * 4;
      if (this.slots[slot + 3] === 0) return slot;
      if (this.slots[slot] === a && this.slots[slot + 1] === b && this.slots[slot + 2] === c) return slot;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += 4) {
      if (old[slot + 3] === 0) continue;
      this.slots.set(old.subarray(slot, slot + 4), this.find(old[slot]!, old[slot + 1]!, old[slot + 2]!));
    }
  }
}
