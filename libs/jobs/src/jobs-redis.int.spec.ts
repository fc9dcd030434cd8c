import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@followthrough/service-kit';
import { redisMissing, startRedis, type RedisServer } from '@followthrough/stack';
import { describeUnless, waitFor } from '@followthrough/testing';
import { Redis } from 'ioredis';
import type { JobDefinition } from './job-definition';
import { Jobs } from './jobs';
import { jobsContract } from './testing/jobs-contract';

const log = createLogger('silent');
const SWEEP_MS = 100;

describeUnless(redisMissing())('Redis', () => {
  let folder: string;
  let redis: RedisServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'followthrough-redis-'));
    redis = await startRedis({ folder });
  });

  afterAll(async () => {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function flush(): Promise<void> {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  }

  jobsContract('Redis', async () => {
    await flush();
    return {
      url: redis.url,
      breakDown: () => redis.stop('SIGKILL'),
      mend: () => redis.start(),
      close: () => Promise.resolve(),
    };
  });

  describe('when Redis forgets', () => {
    const running: Jobs[] = [];

    afterEach(() => Promise.all(running.splice(0).map((jobs) => jobs.stop())));

    /** Rows with work to be done, and two processes that do it. */
    async function twoProcesses(over: Partial<JobDefinition> = {}) {
      const due = new Set<string>();
      const done: string[] = [];
      const definition: JobDefinition = {
        name: 'work',
        concurrency: 4,
        async run(id) {
          if (due.delete(id)) done.push(id);
        },
        sweep: { everyMs: SWEEP_MS, due: async () => [...due] },
        ...over,
      };
      for (let n = 0; n < 2; n += 1) {
        const jobs = await Jobs.open({ service: 'test', url: redis.url, log, alone: false });
        running.push(jobs);
        await jobs.start([definition]);
      }
      return { due, done };
    }

    it('by FLUSHALL, all work is done all the same, each row once', async () => {
      await flush();
      const { due, done } = await twoProcesses();
      const ids = Array.from({ length: 300 }, (_, n) => `row-${n}`);
      for (const [n, id] of ids.entries()) {
        due.add(id);
        running[n % 2]!.hint('work', id);
        if (n % 60 === 30) await flush();
      }
      await waitFor(() => due.size === 0, { timeout: 20_000 });
      expect([...done].sort()).toEqual([...ids].sort());
    });

    it('while a job runs, that job is finished, and others after it', async () => {
      await flush();
      let open!: () => void;
      const gate = new Promise<void>((resolve) => (open = resolve));
      let begun = false;
      const rows = new Set(['a']);
      await twoProcesses({
        run: async (id) => {
          begun = true;
          await gate;
          rows.delete(id);
        },
        sweep: { everyMs: SWEEP_MS, due: async () => [...rows] },
      });
      await waitFor(() => begun);
      await flush();
      open();
      await waitFor(() => rows.size === 0);
      rows.add('b');
      await waitFor(() => rows.size === 0);
    });

    it('or is gone for a while, work goes on when it is back, and a stop does not wait for it', async () => {
      const { due, done } = await twoProcesses();
      due.add('before');
      await waitFor(() => due.size === 0);
      await redis.stop('SIGKILL');
      due.add('meanwhile');
      for (const jobs of running) jobs.hint('work', 'meanwhile');
      await redis.start();
      await waitFor(() => due.size === 0, { timeout: 20_000 });
      expect(done).toEqual(['before', 'meanwhile']);
      await redis.stop();
      await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
      await redis.start();
    });
  });

  it('that cannot be reached is a sentence at the start', async () => {
    await expect(
      Jobs.open({ service: 'test', url: 'redis://127.0.0.1:1', log, alone: false }),
    ).rejects.toThrow('Redis at 127.0.0.1:1 cannot be reached');
  });
});
