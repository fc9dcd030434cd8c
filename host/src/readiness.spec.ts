import { readinessOf } from './readiness';

const part = (sentence: string, ask: () => Promise<unknown>) => ({ sentence, ask });

it('names what does not answer', async () => {
  const reasons = readinessOf([
    part('A is gone.', () => Promise.reject(new Error('refused'))),
    part('B is gone.', () => Promise.resolve()),
  ]);
  expect(await reasons()).toEqual(['A is gone.']);
});

it('says so within two seconds of what hangs, and asks it once only; what comes late counts', async () => {
  let answer!: (value: unknown) => void;
  let asked = 0;
  const reasons = readinessOf([
    part('A hangs.', () => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    }),
  ]);
  const began = performance.now();
  expect(await Promise.all([reasons(), reasons()])).toEqual([['A hangs.'], ['A hangs.']]);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(asked).toBe(1);
  const soon = reasons();
  answer(null);
  expect(await soon).toEqual([]);
});
