import { createLogger, newContext, runInContext, currentContext } from '@followthrough/service-kit';
import { waitFor } from '@followthrough/testing';
import { Registry } from 'prom-client';
import type { JobDefinition } from '../job-definition';
import { Jobs, type JobsOptions } from '../jobs';

const HOUR_MS = 3_600_000;

/** A server for queues, empty at first. */
export interface JobsWorld {
  url: string;
  /** From now on it refuses what it is asked, until it is mended. */
  breakDown(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** What jobs promise, wherever their queues are kept. */
export function jobsContract(name: string, createWorld: () => Promise<JobsWorld>): void {
  describe(`jobs on ${name}`, () => {
    let world: JobsWorld;
    let opened: Jobs[];

    beforeEach(async () => {
      world = await createWorld();
      opened = [];
    });

    afterEach(async () => {
      await Promise.all(opened.map((jobs) => jobs.stop()));
      await world.close();
    });

    const work = (definition: Partial<JobDefinition>): JobDefinition => ({
      name: 'work',
      run: async () => undefined,
      sweep: { everyMs: HOUR_MS, due: async () => [] },
      ...definition,
    });

    async function start(definition: Partial<JobDefinition>, over: Partial<JobsOptions> = {}): Promise<Jobs> {
      const jobs = await Jobs.open({
        service: 'test',
        url: world.url,
        log: createLogger('silent'),
        metrics: new Registry(),
        alone: false,
        ...over,
      });
      opened.push(jobs);
      await jobs.start([work(definition)]);
      return jobs;
    }

    it('runs what it is hinted at, with the correlation of whoever hinted', async () => {
      const ran: [string, string | undefined][] = [];
      const jobs = await start({ run: async (id) => void ran.push([id, currentContext()?.correlationId]) });
      runInContext(newContext({ correlationId: 'request-1' }), () => jobs.hint('work', 'a', 'b'));
      await waitFor(() => ran.length === 2);
      expect(ran.sort()).toEqual([
        ['a', 'request-1'],
        ['b', 'request-1'],
      ]);
    });

    it('finds by its sweep what no hint has told, at once at the start and again later', async () => {
      const due = new Set(['lost']);
      await start({
        run: async (id) => void due.delete(id),
        sweep: { everyMs: 50, due: async () => [...due] },
      });
      await waitFor(() => due.size === 0);
      due.add('later');
      await waitFor(() => due.size === 0);
    });

    it('finds again what failed', async () => {
      const due = new Set(['a']);
      let tries = 0;
      await start({
        run: async (id) => {
          if ((tries += 1) < 3) throw new Error('not yet');
          due.delete(id);
        },
        sweep: { everyMs: 50, due: async () => [...due] },
      });
      await waitFor(() => due.size === 0);
      expect(tries).toBe(3);
    });

    it('goes on sweeping when a sweep fails', async () => {
      let sweeps = 0;
      let ran = false;
      await start({
        run: async () => void (ran = true),
        sweep: {
          everyMs: 30,
          due: async () => {
            if ((sweeps += 1) === 1) throw new Error('no database');
            return ['a'];
          },
        },
      });
      await waitFor(() => ran);
    });

    it('never runs one id twice at once, and once more for hints that came while it ran', async () => {
      let open!: () => void;
      const gate = new Promise<void>((resolve) => (open = resolve));
      const runs: string[] = [];
      let atOnce = 0;
      const jobs = await start({
        concurrency: 4,
        run: async (id) => {
          if (id === 'a' && ++atOnce > 1) throw new Error('twice at once');
          runs.push(id);
          if (id === 'a') {
            await gate;
            atOnce -= 1;
          }
        },
      });
      jobs.hint('work', 'a', 'a', 'a');
      await waitFor(() => runs.includes('a'));
      for (let n = 0; n < 5; n += 1) jobs.hint('work', 'a');
      jobs.hint('work', 'b');
      await waitFor(() => runs.includes('b'));
      open();
      await waitFor(() => runs.filter((id) => id === 'a').length === 2);
      jobs.hint('work', 'c');
      await waitFor(() => runs.includes('c'));
      expect(runs.filter((id) => id === 'a')).toHaveLength(2);
    });

    it('finishes what runs before it stops', async () => {
      let begun = false;
      let finished = false;
      const jobs = await start({
        run: async () => {
          begun = true;
          await new Promise((resolve) => setTimeout(resolve, 100));
          finished = true;
        },
      });
      jobs.hint('work', 'a');
      await waitFor(() => begun);
      await jobs.stop();
      expect(finished).toBe(true);
    });

    it('begins at once with what a process that died was doing, where it runs alone', async () => {
      let begun = false;
      let end!: () => void;
      const hung = new Promise<void>((resolve) => (end = resolve));
      const sweep = { everyMs: HOUR_MS, due: async () => ['a'] };
      await start({
        run: () => {
          begun = true;
          return hung;
        },
        sweep,
      });
      await waitFor(() => begun);
      const ran: string[] = [];
      await start({ run: async (id) => void ran.push(id), sweep }, { alone: true });
      await waitFor(() => ran.length === 1);
      end();
    });

    it('refuses two jobs of one name, and a hint for a job that does not exist', async () => {
      const jobs = await start({});
      await expect(jobs.start([work({})])).rejects.toThrow('test has two jobs called work: rename one.');
      expect(() => jobs.hint('wrok', 'a')).toThrow('test has no job wrok: add it to its jobs.');
    });

    it('loses only a hint when the queue does not answer', async () => {
      const due = new Set<string>();
      const lines: string[] = [];
      const log = createLogger('warn', { write: (line: string) => void lines.push(line) });
      const jobs = await start(
        { run: async (id) => void due.delete(id), sweep: { everyMs: 50, due: async () => [...due] } },
        { log },
      );
      await world.breakDown();
      jobs.hint('work', 'a');
      await waitFor(() => lines.some((line) => line.includes('a hint was lost')));
      await world.mend();
      due.add('a');
      await waitFor(() => due.size === 0);
    });

    it('shows how many jobs there are and how long they took', async () => {
      const metrics = new Registry();
      let ran = false;
      const jobs = await start({ run: async () => void (ran = true) }, { metrics });
      jobs.hint('work', 'a');
      await waitFor(() => ran);
      await waitFor(async () =>
        (await metrics.metrics()).includes('followthrough_job_seconds_count{queue="work",outcome="done"} 1'),
      );
      expect(await metrics.metrics()).toContain('followthrough_jobs{queue="work",state="waiting"} 0');
    });
  });
}
