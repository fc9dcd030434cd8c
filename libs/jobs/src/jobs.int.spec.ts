import { testDatabase } from '@followthrough/testing';
import { jobsContract } from './testing/jobs-contract';

jobsContract('PostgreSQL', async () => {
  const database = await testDatabase();
  return {
    url: database.url,
    breakDown: () => database.query('alter table bullmq.job rename to job_gone').then(() => undefined),
    mend: () => database.query('alter table bullmq.job_gone rename to job').then(() => undefined),
    close: () => database.close(),
  };
});
