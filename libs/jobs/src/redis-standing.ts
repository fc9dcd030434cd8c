import { Redis } from 'ioredis';

export interface RedisStanding {
  /** `7.2.4` */
  version: string;
  /** Of `maxmemory-policy`; queues want `noeviction`. */
  evictionPolicy: string;
  appendOnly: boolean;
}

/**
 * Asks a Redis how it is set.
 * @throws Error with one sentence where it cannot be reached
 */
export async function redisStanding(url: string): Promise<RedisStanding> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
  let refusal: Error | null = null;
  redis.on('error', (error: Error) => (refusal = error));
  try {
    await redis.connect();
    // Unlike CONFIG, which managed services keep to themselves, anyone may ask this.
    const told = await redis.info();
    const value = (name: string): string =>
      new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(told)?.[1] ?? 'unknown';
    return {
      version: value('redis_version'),
      evictionPolicy: value('maxmemory_policy'),
      appendOnly: value('aof_enabled') === '1',
    };
  } catch (error) {
    const reason = ((refusal ?? error) as Error).message;
    throw new Error(
      `Redis at ${new URL(url).host} cannot be reached (${reason}): start it, or correct REDIS_URL.`,
      {
        cause: error,
      },
    );
  } finally {
    // Of a connection that was never there it would wait two seconds for the end.
    if (redis.status !== 'end') redis.disconnect();
  }
}
