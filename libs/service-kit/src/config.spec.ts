import { ConfigError, readConfig } from './config';

const read = (environment: Record<string, string>) => readConfig(environment, '/srv');
const refusal = (environment: Record<string, string>): string => {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
};

describe('the configuration', () => {
  it('needs nothing: this machine only, embedded', () => {
    expect(read({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: 'http://localhost:4000',
      loopback: true,
      trustedProxies: ['loopback'],
      databaseUrl: null,
    });
  });

  it('takes an empty variable as one that is not set', () => {
    expect(read({ PORT: '', DATABASE_URL: '' })).toEqual(read({}));
  });

  it('takes proxies by name, address and network', () => {
    expect(
      read({ TRUSTED_PROXIES: 'uniquelocal, 192.0.2.7,10.0.0.0/8,2001:db8::/32' }).trustedProxies,
    ).toEqual(['uniquelocal', '192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT is "70000", but it takes a whole number from 0 to 65535.'],
    [
      { TRUSTED_PROXIES: 'edge' },
      /^TRUSTED_PROXIES is "edge", but it takes loopback, .* with commas between\.$/,
    ],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES is "10\.0\.0\.0\/33", but it takes /],
    [{ HOST: '0.0.0.0' }, /^HOST is "0\.0\.0\.0", .* PUBLIC_URL must say the https address/],
    [{ PUBLIC_URL: 'http://example.org' }, /but beyond this machine it takes an https:\/\/ address\.$/],
  ])('refuses %j in one sentence', (environment, sentence) => {
    if (typeof sentence === 'string') expect(refusal(environment)).toBe(sentence);
    else expect(refusal(environment)).toMatch(sentence);
  });

  it('never shows a secret', () => {
    expect(refusal({ DATABASE_URL: 'mysql://user:hunter2@db/x' })).not.toContain('hunter2');
    expect(refusal({ INSTANCE_SECRET: 'hunter2' })).not.toContain('hunter2');
  });
});
