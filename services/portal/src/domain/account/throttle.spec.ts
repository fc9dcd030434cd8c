import { perAddress, waitAfter } from './throttle';

it('lets a few failures pass, then doubles the wait up to its limit', () => {
  const waits = [1, 5, 6, 7, 8, 12, 13, 500].map((failures) => waitAfter(perAddress, failures));
  expect(waits).toEqual([0, 0, 15, 30, 60, 900, 900, 900]);
});
