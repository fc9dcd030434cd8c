import { fixedClock } from './fixed-clock';

it('stands still until it is moved', () => {
  const clock = fixedClock('2024-02-29T23:59:59Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1000);
  expect(clock.now().toISOString()).toBe('2024-03-01T00:00:00.000Z');
  clock.set(new Date(0));
  expect(clock.now().getTime()).toBe(0);
});
