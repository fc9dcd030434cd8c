import type { Database } from '@followthrough/database';
import { createLogger, newContext, runInContext, currentContext } from '@followthrough/service-kit';
import { testDatabase, waitFor } from '@followthrough/testing';
import { Registry } from 'prom-client';
import type { JobDefinition } from './job-definition';
import { Jobs, JobsBackend } from './jobs';

const HOUR_MS = 3_600_000;

describe('Jobs', () => {
  let database: Database;
  let backend: JobsBackend;
  let running: Jobs[];

  beforeEach(async () => {
    database = await testDatabase();
    backend = await JobsBackend.open({ url: database.url, log: createLogger('silent') });
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((jobs) => jobs.stop()));
    await backend.close();
    await database.close();
  });

  function create(definition: Partial<JobDefinition>, alone = false, over = backend): Jobs {
    const jobs = new Jobs({
      service: 'test',
      backend: over,
      log: createLogger('silent'),
      metrics: new Registry(),
      alone,
    });
    jobs.define({
      name: 'work',
      run: async () => undefined,
      sweep: { everyMs: HOUR_MS, due: async () => [] },
      ...definition,
    });
    running.push(jobs);
    return jobs;
  }

  it('runs what it is hinted at, with the correlation of whoever hinted', async () => {
    const ran: [string, string | undefined][] = [];
    const jobs = create({ run: async (id) => void ran.push([id, currentContext()?.correlationId]) });
    await jobs.start();
    runInContext(newContext({ correlationId: 'request-1' }), () => jobs.hint('work', 'a', 'b'));
    await waitFor(() => ran.length === 2);
    expect(ran.sort()).toEqual([
      ['a', 'request-1'],
      ['b', 'request-1'],
    ]);
  });

  it('finds by its sweep what no hint has told, at once at the start and again later', async () => {
    const due = new Set(['lost']);
    const jobs = create({
      run: async (id) => void due.delete(id),
      sweep: { everyMs: 50, due: async () => [...due] },
    });
    await jobs.start();
    await waitFor(() => due.size === 0);
    due.add('later');
    await waitFor(() => due.size === 0);
  });

  it('finds again what failed', async () => {
    const due = new Set(['a']);
    let tries = 0;
    const jobs = create({
      run: async (id) => {
        if ((tries += 1) < 3) throw new Error('not yet');
        due.delete(id);
      },
      sweep: { everyMs: 50, due: async () => [...due] },
    });
    await jobs.start();
    await waitFor(() => due.size === 0);
    expect(tries).toBe(3);
  });

  it('goes on sweeping when a sweep fails', async () => {
    let sweeps = 0;
    let ran = false;
    const jobs = create({
      run: async () => void (ran = true),
      sweep: {
        everyMs: 30,
        due: async () => {
          if ((sweeps += 1) === 1) throw new Error('no database');
          return ['a'];
        },
      },
    });
    await jobs.start();
    await waitFor(() => ran);
  });

  it('never runs one id twice at once, and once more for hints that came while it ran', async () => {
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const runs: string[] = [];
    let atOnce = 0;
    const jobs = create({
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
    await jobs.start();
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
    const jobs = create({
      run: async () => {
        begun = true;
        await new Promise((resolve) => setTimeout(resolve, 100));
        finished = true;
      },
    });
    await jobs.start();
    jobs.hint('work', 'a');
    await waitFor(() => begun);
    await jobs.stop();
    expect(finished).toBe(true);
  });

  it('begins at once with what a process that died was doing, where it runs alone', async () => {
    const dead = await JobsBackend.open({ url: database.url, log: createLogger('silent') });
    let begun = false;
    const dying = new Jobs({
      service: 'test',
      backend: dead,
      log: createLogger('silent'),
      metrics: new Registry(),
      alone: true,
    });
    let end!: () => void;
    const hung = new Promise<void>((resolve) => (end = resolve));
    dying.define({
      name: 'work',
      run: () => {
        begun = true;
        return hung;
      },
      sweep: { everyMs: HOUR_MS, due: async () => ['a'] },
    });
    await dying.start();
    await waitFor(() => begun);

    const ran: string[] = [];
    const jobs = create(
      { run: async (id) => void ran.push(id), sweep: { everyMs: HOUR_MS, due: async () => ['a'] } },
      true,
    );
    await jobs.start();
    await waitFor(() => ran.length === 1);
    end();
    await dying.stop();
    await dead.close();
  });

  it('refuses two jobs of one name, and a hint for a job that does not exist', () => {
    const jobs = create({});
    expect(() =>
      jobs.define({ name: 'work', run: async () => undefined, sweep: { everyMs: 1, due: async () => [] } }),
    ).toThrow('test has two jobs called work: rename one.');
    expect(() => jobs.hint('wrok', 'a')).toThrow('test has no job wrok: add it to its jobs.');
  });

  it('loses only a hint when the queue does not answer', async () => {
    const due = new Set(['a']);
    const lines: string[] = [];
    const log = createLogger('warn', { write: (line: string) => void lines.push(line) });
    const jobs = new Jobs({ service: 'test', backend, log, metrics: new Registry(), alone: false });
    running.push(jobs);
    jobs.define({
      name: 'work',
      run: async (id) => void due.delete(id),
      sweep: { everyMs: 50, due: async () => [...due] },
    });
    await database.query('alter table bullmq.job rename to job_gone');
    jobs.hint('work', 'a');
    await waitFor(() => lines.some((line) => line.includes('a hint was lost')));
    await database.query('alter table bullmq.job_gone rename to job');
    await jobs.start();
    await waitFor(() => due.size === 0);
  });
});
