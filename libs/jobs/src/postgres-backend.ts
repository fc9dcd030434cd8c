import type { Logger } from '@followthrough/service-kit';
import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  runMigrations,
  withBackend,
  type ConnectionOptions,
} from 'bullmq';
import { Pool } from 'pg';
import type { JobsBackend } from './backend';

/** Each worker keeps one connection to be woken by; the rest is for everything else. */
const CONNECTIONS = 16;
export const MAX_QUEUES = 10;

// The two backends' classes differ in the type of their connection only.
const classes = withBackend(createPostgresBackend) as unknown as Pick<JobsBackend, 'Queue' | 'Worker'>;

/**
 * Opens BullMQ's own schema, made or brought up to date, in a database that holds nothing else and that all
 * services share.
 */
export async function openPostgresBackend(options: { url: string; log: Logger }): Promise<JobsBackend> {
  const pool = new Pool({
    connectionString: options.url,
    max: CONNECTIONS,
    application_name: 'followthrough jobs',
    // Where BullMQ did not make the pool itself, it expects its schema to be on the path.
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    // Lets an idle worker sleep for long: a connection that breaks in silence is noticed all the same.
    keepAlive: true,
  });
  // Every queue and every worker listens to the one pool.
  pool.setMaxListeners(0);
  pool.on('error', (error) => options.log.warn({ err: error }, 'a connection to the job queues was lost'));
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const connection = pool as unknown as ConnectionOptions;
  return {
    ...classes,
    queues: connection,
    workers: connection,
    ping: () => pool.query('select 1'),
    end: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}
