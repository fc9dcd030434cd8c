import { delayAfterTransient, mailRetries } from './retries';

describe('the schedule of attempts', () => {
  it('follows 1, 5, 15 minutes, 1, 4, 12, 24 hours, a fifth more or less, and ends', () => {
    const minutes = [1, 5, 15, 60, 240, 720, 1440];
    for (const [index, expected] of minutes.entries()) {
      expect(delayAfterTransient(index + 1, false, () => 0.5)).toBe(expected * 60_000);
      expect(delayAfterTransient(index + 1, false, () => 0)).toBeCloseTo(expected * 60_000 * 0.8);
      expect(delayAfterTransient(index + 1, false, () => 1)).toBeCloseTo(expected * 60_000 * 1.2);
    }
    expect(delayAfterTransient(8, false, () => 0.5)).toBeNull();
  });

  it('asks the mailbox of the same process soon again', () => {
    expect(delayAfterTransient(8, true, () => 0.5)).toBe(mailRetries.localDelay);
  });
});
