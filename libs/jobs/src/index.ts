export type { JobDefinition } from './job-definition';
export { Jobs, JobsBackend, type JobsOptions } from './jobs';
