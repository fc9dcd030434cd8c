import { waitFor } from './wait-for';

it('returns the first answer that is one, and takes 0 and the empty text for answers', async () => {
  let asked = 0;
  expect(await waitFor(() => (++asked < 3 ? null : { asked }))).toEqual({ asked: 3 });
  expect(await waitFor(() => 0)).toBe(0);
  expect(await waitFor(async () => '')).toBe('');
});

it('waits through errors, and names what it waited for when time runs out', async () => {
  let asked = 0;
  const failing = (): boolean => {
    asked += 1;
    if (asked < 3) throw new Error('not there yet');
    return true;
  };
  expect(await waitFor(failing)).toBe(true);
  const waiting = waitFor(() => false, { timeout: 30, what: 'the mail' });
  await expect(waiting).rejects.toThrow('After 30 ms still waiting for the mail');
});
