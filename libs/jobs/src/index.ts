export type { JobDefinition } from './job-definition';
export { Jobs, type JobsOptions, type QueueDepth } from './jobs';
export { redisStanding, type RedisStanding } from './redis-standing';
