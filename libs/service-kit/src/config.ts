import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

import { kafkaSettings, kafkaVariables, type KafkaSettings } from './kafka-settings';
import { tracesAsked, tracesVariables } from './tracing/traces-settings';

/** What an operator may set. Everything else in the platform is given a typed object, never the environment. */
export interface PlatformConfig {
  /** `distributed` where events go through Kafka: each service is then a process of its own. */
  profile: 'embedded' | 'distributed';
  host: string;
  port: number;
  /** Where browsers reach the platform, without a slash at the end. */
  publicUrl: string;
  /** True while the platform can be reached from this machine only. */
  loopback: boolean;
  /** Proxies whose X-Forwarded-For is believed: `loopback`, `linklocal`, `uniquelocal`, addresses, networks. */
  trustedProxies: string[];
  dataDir: string;
  /** The site's own PostgreSQL (>= 17) or null for the embedded one. */
  databaseUrl: string | null;
  /** Null in the embedded profile. */
  kafka: KafkaSettings | null;
  /** Keeps the job queues; null: the database does. */
  redisUrl: string | null;
  /** In the distributed profile: where the replicas of each service are reached from within, by its name. */
  serviceUrls: Record<string, string[]>;
  /** The site's mail server or null for the local mailbox page. */
  smtpUrl: string | null;
  /** Sender of every mail, `Name <address>` or a plain address. */
  smtpFrom: string;
  /** The site's own OpenID provider or null for the built-in one. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null;
  /** Whether spans are sent to an OpenTelemetry collector, whose address and all else the SDK reads by itself. */
  traces: boolean;
  /** Lets whoever bears it read the metrics from another machine; null: nobody. */
  metricsToken: string | null;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  uploadLimitBytes: number;
  /** From INSTANCE_SECRET; null: the host keeps a random one in the data directory. */
  instanceSecret: Buffer | null;
}

const url = (schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    message: `an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });

const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high, {
      message: `a whole number from ${low} to ${high}`,
    })
    .transform(Number);

const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** An IP address, or a network as address and length (`10.0.0.0/8`). */
function isNetwork(text: string): boolean {
  const [address = '', length = '0', ...rest] = text.split('/');
  const version = isIP(address);
  return (
    version > 0 && rest.length === 0 && /^\d+$/.test(length) && Number(length) <= (version === 4 ? 32 : 128)
  );
}

const proxies = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.every((one) => proxyNames.has(one) || isNetwork(one)), {
    message:
      'loopback, linklocal, uniquelocal, IP addresses or networks such as 10.0.0.0/8, with commas between',
  });

/** `recommendations=http://a:4001 http://b:4001,portal=http://c:4002` */
const serviceUrls = z
  .string()
  .refine((text) => text.split(',').every((one) => /^[a-z]+=(https?:\/\/[^\s=,]+ ?)+$/.test(one.trim())), {
    message:
      'the addresses of each service, such as portal=http://10.0.0.1:4000 http://10.0.0.2:4000,funding=...',
  })
  .transform((text) =>
    Object.fromEntries(
      text.split(',').map((one) => {
        const [name = '', urls = ''] = one.trim().split('=');
        return [name, urls.trim().split(' ')];
      }),
    ),
  );

const schema = z.object({
  PORT: wholeNumber(0, 65535).default(4000),
  HOST: z.string().min(1, 'an address to listen on').default('127.0.0.1'),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  TRUSTED_PROXIES: proxies.default(['loopback']),
  DATA_DIR: z.string().min(1, 'a folder').optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  ...kafkaVariables,
  SERVICE_URLS: serviceUrls.default({}),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  SMTP_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, 'an e-mail address')
    .optional(),
  OIDC_ISSUER: url(['http:', 'https:']).optional(),
  OIDC_CLIENT_ID: z.string().min(1, 'the client id your provider gave').optional(),
  OIDC_CLIENT_SECRET: z.string().min(1, 'the client secret your provider gave').optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,}$/, '16 letters, digits or signs of . ~ + / = _ - or more')
    .optional(),
  ...tracesVariables,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      message: 'one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('warn'),
  UPLOAD_LIMIT_MB: wholeNumber(1, 4096).default(200),
  INSTANCE_SECRET: z.string().min(32, 'at least 32 characters').optional(),
});

/** Every variable that {@link readConfig} reads. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** A setting that cannot be used. Its message is one sentence: variable, value, what is accepted. */
export class ConfigError extends Error {}

const secretNames = new Set([
  'OIDC_CLIENT_SECRET',
  'INSTANCE_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'KAFKA_PASSWORD',
  'SMTP_URL',
  'METRICS_TOKEN',
]);
const loopbackNames = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/**
 * Reads the environment.
 * @throws ConfigError naming the variable, its value (not of secrets) and what is accepted
 */
export function readConfig(environment: NodeJS.ProcessEnv, root: string): PlatformConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0]);
    const shown = secretNames.has(name) ? 'a value that cannot be used' : JSON.stringify(given[name]);
    throw new ConfigError(`${name} is ${shown}, but it takes ${issue.message}.`);
  }
  const value = parsed.data;
  const loopback = loopbackNames.test(value.HOST) && loopbackOf(value.PUBLIC_URL);
  if (!loopbackNames.test(value.HOST) && !value.PUBLIC_URL) {
    throw new ConfigError(
      `HOST is "${value.HOST}", which other machines can reach, so PUBLIC_URL must say the https address that people use.`,
    );
  }
  if (value.PUBLIC_URL && !loopbackOf(value.PUBLIC_URL) && !value.PUBLIC_URL.startsWith('https:')) {
    throw new ConfigError(
      `PUBLIC_URL is "${value.PUBLIC_URL}", but beyond this machine it takes an https:// address.`,
    );
  }
  if (value.OIDC_ISSUER && !(value.OIDC_CLIENT_ID && value.OIDC_CLIENT_SECRET)) {
    throw new ConfigError('OIDC_ISSUER is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set too.');
  }
  const kafka = kafkaOf(value);
  if (kafka && !value.DATABASE_URL) {
    throw new ConfigError(
      'KAFKA_BROKERS is set, so DATABASE_URL must name a PostgreSQL that all services reach.',
    );
  }
  const publicUrl = (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '');
  return {
    profile: kafka ? 'distributed' : 'embedded',
    host: value.HOST,
    port: value.PORT,
    publicUrl,
    loopback,
    trustedProxies: value.TRUSTED_PROXIES,
    dataDir: resolve(root, value.DATA_DIR ?? '.data'),
    databaseUrl: value.DATABASE_URL ?? null,
    kafka,
    redisUrl: value.REDIS_URL ?? null,
    serviceUrls: value.SERVICE_URLS,
    smtpUrl: value.SMTP_URL ?? null,
    smtpFrom: value.SMTP_FROM ?? `Followthrough <no-reply@${new URL(publicUrl).hostname}>`,
    oidc: value.OIDC_ISSUER
      ? {
          issuer: value.OIDC_ISSUER,
          clientId: value.OIDC_CLIENT_ID!,
          clientSecret: value.OIDC_CLIENT_SECRET!,
        }
      : null,
    traces: tracesAsked(value),
    metricsToken: value.METRICS_TOKEN ?? null,
    logLevel: value.LOG_LEVEL,
    uploadLimitBytes: value.UPLOAD_LIMIT_MB * 1024 * 1024,
    instanceSecret: value.INSTANCE_SECRET
      ? createHash('sha256').update(value.INSTANCE_SECRET).digest()
      : null,
  };
}

function kafkaOf(value: z.infer<typeof schema>): KafkaSettings | null {
  try {
    return kafkaSettings(value);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

function loopbackOf(address: string | undefined): boolean {
  return address === undefined || loopbackNames.test(new URL(address).hostname);
}
