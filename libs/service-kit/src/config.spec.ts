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

  it('has traces where a collector is named and nothing says no', () => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    const traced = (environment: Record<string, string>) => read(environment).traces;
    expect(traced({})).toBe(false);
    expect(traced(collector)).toBe(true);
    expect(traced({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://a/v1/traces' })).toBe(true);
    expect(traced({ ...collector, OTEL_TRACES_EXPORTER: 'none' })).toBe(false);
    expect(traced({ ...collector, OTEL_SDK_DISABLED: 'true' })).toBe(false);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT is "70000", but it takes a whole number from 0 to 65535.'],
    [
      { TRUSTED_PROXIES: 'edge' },
      /^TRUSTED_PROXIES is "edge", but it takes loopback, .* with commas between\.$/,
    ],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES is "10\.0\.0\.0\/33", but it takes /],
    [{ METRICS_TOKEN: 'short' }, /^METRICS_TOKEN is a value that cannot be used, but it takes 16 letters/],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
      /^OTEL_EXPORTER_OTLP_ENDPOINT is .* such as http:\/\//,
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc", but it takes http/json.',
    ],
    [{ OTEL_TRACES_SAMPLER: 'some' }, /^OTEL_TRACES_SAMPLER is "some", but it takes always_on/],
    [{ OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG is "2", but it takes a number from 0 to 1.'],
    [{ HOST: '0.0.0.0' }, /^HOST is "0\.0\.0\.0", .* PUBLIC_URL must say the https address/],
    [{ PUBLIC_URL: 'http://example.org' }, /but beyond this machine it takes an https:\/\/ address\.$/],
  ])('refuses %j in one sentence', (environment, sentence) => {
    if (typeof sentence === 'string') expect(refusal(environment)).toBe(sentence);
    else expect(refusal(environment)).toMatch(sentence);
  });

  it('is distributed where Kafka is named', () => {
    const given = { DATABASE_URL: 'postgres://db/x', KAFKA_BROKERS: 'a:9092, b:9092', KAFKA_TLS: 'true' };
    const scram = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' };
    const services = { SERVICE_URLS: 'portal=http://a:1 http://b:1,funding=http://c:2' };
    expect(read({ ...given, ...scram, ...services })).toMatchObject({
      profile: 'distributed',
      kafka: {
        brokers: ['a:9092', 'b:9092'],
        tls: { ca: null },
        sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
        replication: 3,
        retentionDays: 30,
      },
      redisUrl: null,
      serviceUrls: { portal: ['http://a:1', 'http://b:1'], funding: ['http://c:2'] },
    });
    expect(read({}).kafka).toBeNull();
  });

  it.each([
    [
      { KAFKA_BROKERS: 'a' },
      'KAFKA_BROKERS is "a", but it takes host:port, several with commas between them.',
    ],
    [{ KAFKA_BROKERS: 'a:1' }, /^KAFKA_BROKERS is set, so DATABASE_URL must name/],
    [
      { KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'plain' },
      /KAFKA_USERNAME and KAFKA_PASSWORD must be set/,
    ],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_USERNAME: 'u' }, /KAFKA_SASL_MECHANISM must say plain, scram-sha-256/],
    [
      { KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' },
      /sends the password readable: set KAFKA_TLS=true\.$/,
    ],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true', KAFKA_TLS_CA: '/none' }, /^KAFKA_TLS_CA is "\/none".*ENOENT/],
    [{ SERVICE_URLS: 'portal' }, /^SERVICE_URLS is "portal", but it takes the addresses of each service/],
  ])('of a distributed profile refuses %j in one sentence', (environment, sentence) => {
    if (typeof sentence === 'string') expect(refusal(environment)).toBe(sentence);
    else expect(refusal(environment)).toMatch(sentence);
  });

  it('never shows a secret', () => {
    expect(refusal({ DATABASE_URL: 'mysql://user:hunter2@db/x' })).not.toContain('hunter2');
    expect(refusal({ INSTANCE_SECRET: 'hunter2' })).not.toContain('hunter2');
  });
});
