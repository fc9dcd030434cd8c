import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How to reach Apache Kafka, and what its topics are to be like. */
export interface KafkaSettings {
  /** `host:port` of some brokers; the others are learnt from them. */
  brokers: string[];
  /** Null: no TLS. `ca`: certificates (PEM) of who signed the brokers', null for those the system knows. */
  tls: { ca: string | null } | null;
  sasl: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string } | null;
  /** Replicas of each partition. */
  replication: number;
  /** How long topics keep records. */
  retentionDays: number;
}

const brokers = z
  .string()
  .refine((text) => text.split(',').every((broker) => /^[^\s:,]+:\d+$/.test(broker.trim())), {
    message: 'host:port, several with commas between them',
  })
  .transform((text) => text.split(',').map((broker) => broker.trim()));

const upTo = (most: number) =>
  z.coerce
    .number({ message: `a whole number from 1 to ${most}` })
    .int()
    .min(1)
    .max(most);

/** The variables of the environment that {@link kafkaSettings} reads. */
export const kafkaVariables = {
  KAFKA_BROKERS: brokers.optional(),
  KAFKA_TLS: z.enum(['true', 'false'], { message: 'true or false' }).default('false'),
  KAFKA_TLS_CA: z.string().optional(),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], { message: 'plain, scram-sha-256 or scram-sha-512' })
    .optional(),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_REPLICATION: upTo(10).default(3),
  KAFKA_RETENTION_DAYS: upTo(3650).default(30),
};

type Values = z.infer<z.ZodObject<typeof kafkaVariables>>;

/**
 * @returns null where no brokers are named
 * @throws Error with one sentence, where settings do not fit together
 */
export function kafkaSettings(values: Values): KafkaSettings | null {
  if (!values.KAFKA_BROKERS) return null;
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = values;
  if (mechanism && !(username && password)) {
    throw new Error('KAFKA_SASL_MECHANISM is set, so KAFKA_USERNAME and KAFKA_PASSWORD must be set too.');
  }
  if (username && !mechanism) {
    throw new Error(
      'KAFKA_USERNAME is set, so KAFKA_SASL_MECHANISM must say plain, scram-sha-256 or scram-sha-512.',
    );
  }
  if (mechanism === 'plain' && values.KAFKA_TLS !== 'true' && !values.KAFKA_BROKERS.every(isLocal)) {
    throw new Error('KAFKA_SASL_MECHANISM is plain, which sends the password readable: set KAFKA_TLS=true.');
  }
  return {
    brokers: values.KAFKA_BROKERS,
    tls:
      values.KAFKA_TLS === 'true'
        ? { ca: values.KAFKA_TLS_CA ? certificates(values.KAFKA_TLS_CA) : null }
        : null,
    sasl: mechanism ? { mechanism, username: username!, password: password! } : null,
    replication: values.KAFKA_REPLICATION,
    retentionDays: values.KAFKA_RETENTION_DAYS,
  };
}

const isLocal = (broker: string): boolean => /^(localhost|127(\.\d+){3}):/.test(broker);

function certificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `KAFKA_TLS_CA is "${file}", which cannot be read (${(error as NodeJS.ErrnoException).code}): it takes a PEM file.`,
    );
  }
}
