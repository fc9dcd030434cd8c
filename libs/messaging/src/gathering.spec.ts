import { Gathering } from './gathering';

describe('how long events are let come together', () => {
  /** The pause after so many seconds of events moved each 10 ms at this rate. */
  const pauseAt = (perSecond: number, seconds = 2): number => {
    const gathering = new Gathering(0);
    let pause = 0;
    for (let now = 10; now <= seconds * 1000; now += 10) pause = gathering.pauseAfter(perSecond / 100, now);
    return pause;
  };

  it.each([
    [100, 0],
    [310, 1],
    [600, 4],
    [1500, 25],
    [100_000, 50],
  ])('%d events a second: %d ms', (perSecond, pause) => {
    expect(pauseAt(perSecond)).toBeCloseTo(pause, 0);
  });

  it('one event after a silence does not wait', () => {
    const gathering = new Gathering(0);
    for (let now = 10; now <= 2000; now += 10) gathering.pauseAfter(20, now);
    expect(gathering.pauseAfter(1, 5000)).toBe(0);
  });

  it('many at once do not make those after them wait for long', () => {
    const gathering = new Gathering(0);
    gathering.pauseAfter(900, 1000);
    expect(gathering.pauseAfter(1, 1500)).toBeLessThan(5);
  });
});
