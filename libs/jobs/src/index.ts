export type { JobDefinition } from './job-definition';
export { Jobs, type JobsOptions } from './jobs';
export { redisStanding, type RedisStanding } from './redis-standing';
