import { redisStanding } from '@followthrough/jobs';
import { KafkaTransport } from '@followthrough/messaging';
import { createLogger, type KafkaSettings, type PlatformConfig } from '@followthrough/service-kit';
import { topicsOfServices } from '../services';
import { findingOf, type Finding } from './finding';

const OLDEST_REDIS = 7;

/** Topics as this release needs them; they are compared only. */
export async function kafkaFinding(settings: KafkaSettings, config: PlatformConfig): Promise<Finding> {
  const about = 'Kafka';
  const log = createLogger(config.logLevel);
  const transport = new KafkaTransport({ settings, clientId: 'followthrough-operator', log });
  try {
    await transport.ping();
    const topics = topicsOfServices();
    return await transport.ensureTopics(topics).then(
      () => ({ about, level: 'good', sentence: `All ${topics.length} topics are as they should be.` }),
      (error: Error) => ({ about, level: 'hinders', sentence: error.message }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `Kafka at ${settings.brokers.join(', ')} cannot be asked (${reason}): start it, or correct the KAFKA_ variables.`;
    return { about, level: 'unknown', sentence };
  } finally {
    await transport.close();
  }
}

export async function redisFinding(url: string): Promise<Finding> {
  const about = 'Redis';
  try {
    const { version, evictionPolicy, appendOnly } = await redisStanding(url);
    if (Number(version.split('.')[0]) < OLDEST_REDIS) {
      const sentence = `Redis is version ${version}, and ${OLDEST_REDIS} or newer is needed: upgrade it first.`;
      return { about, level: 'hinders', sentence };
    }
    const advice = [
      ...(evictionPolicy === 'noeviction'
        ? []
        : [
            `Its maxmemory-policy is ${evictionPolicy}, by which it forgets jobs when it is full: set noeviction.`,
          ]),
      ...(appendOnly
        ? []
        : ['It keeps no append-only file, so that a restart forgets jobs: set appendonly yes.']),
    ];
    return advice.length > 0
      ? { about, level: 'note', sentence: advice.join(' ') }
      : { about, level: 'good', sentence: `Redis ${version} keeps what it is given.` };
  } catch (error) {
    return findingOf(about, error);
  }
}
