import { Passwords } from './passwords';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are kept as salted scrypt, with the cost beside', async () => {
    const [one, two] = await Promise.all([
      passwords.hash('four wet horses 9'),
      passwords.hash('four wet horses 9'),
    ]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches('four wet horses 9', one)).toBe(true);
    expect(await passwords.matches('four wet horses 8', one)).toBe(false);
  });

  it('are the same however the keyboard composes its letters', async () => {
    const hash = await passwords.hash('caf\u00e9 des horloges');
    expect(await passwords.matches('cafe\u0301 des horloges', hash)).toBe(true);
  });

  it('match nobody who is not there', async () => {
    expect(await passwords.matches('anything', null)).toBe(false);
  });

  it('ask a crowd to come again instead of making everybody wait for ever', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 70 }, () => passwords.matches('x', 'scrypt$2$1$1$AAAA$AAAA')),
    );
    const busy = answers.filter(
      (answer) => answer.status === 'rejected' && answer.reason.slug === 'sign-in-busy',
    );
    expect(busy).toHaveLength(8);
  });
});
