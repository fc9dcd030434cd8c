import './quick-records';
import './quiet-request-queue';
import type { KafkaSettings, Logger } from '@followthrough/service-kit';
import { Kafka, logLevel, type KafkaConfig, type LogEntry, type SASLOptions } from 'kafkajs';

/**
 * About ten seconds: longer than the choice of a new leader takes, shorter than anyone's patience. Whoever calls
 * tries again at its own pace.
 */
export const RETRY = { initialRetryTime: 100, maxRetryTime: 2000, factor: 0.2, multiplier: 2, retries: 8 };
/** Of questions that somebody waits for: three seconds. */
export const ADMIN_RETRY = { ...RETRY, retries: 5 };

export function kafkaClient(settings: KafkaSettings, clientId: string, log: Logger): Kafka {
  const { brokers, tls, sasl } = settings;
  const config: KafkaConfig = {
    clientId,
    brokers,
    connectionTimeout: 5000,
    authenticationTimeout: 10_000,
    requestTimeout: 15_000,
    retry: RETRY,
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => pass(log, entry),
  };
  if (tls) config.ssl = tls.ca === null ? true : { ca: [tls.ca] };
  if (sasl) config.sasl = { ...sasl } as SASLOptions;
  return new Kafka(config);
}

/** What kafkajs calls an error it nearly always tries again: where it does not, its caller is told. */
function pass(log: Logger, { level, namespace, log: { message, ...details } }: LogEntry): void {
  const { logger: _, timestamp: __, stack: ___, ...rest } = details;
  const line = `kafkajs ${namespace}: ${message}`;
  if (level === logLevel.ERROR) log.info(rest, line);
  else log.debug(rest, line);
}
