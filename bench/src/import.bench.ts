import 'reflect-metadata';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyIn, Database, migrate, openServer } from '@followthrough/database';
import { recommendationsService } from '@followthrough/recommendations';
import { createLogger } from '@followthrough/service-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportFigures } from './import-once';

const SMALL = 10_000;
const LARGE = 300_000;
const COPIED = 50_000;
const SAVED = 2000;
const MB = 1024 * 1024;

/** The figures of one run. */
export interface ImportBenchFigures {
  small: ImportFigures;
  large: ImportFigures;
  copyPerSecond: number;
  savePerSecond: number;
}

/**
 * Imports of generated rows with an event each, against COPY of the same rows and against TypeORM's `save()` of a
 * row at a time without events, all into tables with the same columns and indexes of the same durable server.
 */
export async function run(
  print: (line: string) => void,
  sizes: { small: number; large: number } = { small: SMALL, large: LARGE },
): Promise<ImportBenchFigures> {
  print(`Imports, load ${loadavg()[0]!.toFixed(2)} before the run`);
  const dataDir = mkdtempSync(join(tmpdir(), 'followthrough-bench-'));
  const log = createLogger('error');
  const server = await openServer({ databaseUrl: null, dataDir, instanceSecret: randomBytes(32), log });
  try {
    const freshDatabase = async (name: string) => {
      const url = await server.ensureDatabase(name);
      await migrate({ url, directories: recommendationsService.migrations, log });
      return url;
    };
    const measure = async (rows: number) => {
      const figures = await inOwnProcess(rows, await freshDatabase(`ft_bench_${rows}`), dataDir);
      const applied = rows / figures.applySeconds;
      const whole = rows / (figures.applySeconds + figures.readSeconds);
      print(
        `  ${String(rows).padStart(7)} rows: applied ${applied.toFixed(0).padStart(6)}/s with ${figures.events} events, ` +
          `from upload to applied ${whole.toFixed(0).padStart(6)}/s, peak ${(figures.peakBytes / MB).toFixed(0)} MB`,
      );
      return figures;
    };
    await measure(sizes.small);
    const small = await inOwnProcess(sizes.small, await freshDatabase('ft_bench_small'), dataDir);
    const smallRate = small.rows / small.applySeconds;
    print(
      `  ${String(small.rows).padStart(7)} rows again: applied ${smallRate.toFixed(0)}/s, peak ${(small.peakBytes / MB).toFixed(0)} MB`,
    );
    const large = await measure(sizes.large);
    const largeRate = large.rows / large.applySeconds;

    const database = await Database.open({
      name: 'bench',
      url: await server.ensureDatabase(`ft_bench_${sizes.large}`),
      entities: [SavedRecommendation],
      poolSize: 2,
    });
    const copyPerSecond = await copyRate(database);
    print(`  COPY of the same rows    ${copyPerSecond.toFixed(0).padStart(6)} rows/s`);
    const savePerSecond = await saveRate(database);
    print(`  save() a row, no events  ${savePerSecond.toFixed(0).padStart(6)} rows/s`);
    await database.close();
    print(
      `  applied at ${largeRate.toFixed(0)}/s: ${(largeRate / copyPerSecond).toFixed(2)} of COPY, ` +
        `${(largeRate / savePerSecond).toFixed(1)} times save(); ${(largeRate / smallRate).toFixed(2)} of the rate and ` +
        `${(large.peakBytes / small.peakBytes).toFixed(2)} of the memory at ${small.rows} rows`,
    );
    return { small, large, copyPerSecond, savePerSecond };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function inOwnProcess(rows: number, url: string, folder: string): Promise<ImportFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'import-once.js'), [String(rows), url, folder]);
    child.once('message', (figures) => resolve(figures as ImportFigures));
    child.once('exit', (code) => reject(new Error(`The import ended with status ${code}`)));
  });
}

/** The columns of `recommendation`, as one writes them who saves a row at a time. */
@Entity('saved_recommendation')
class SavedRecommendation {
  @PrimaryColumn('uuid') id: string;
  @Column('text') natural_key: string;
  @Column('bigint') version: number;
  @Column('text') kind: string;
  @Column('text') mechanism: string;
  @Column('text') state_under_review: string;
  @Column('int') cycle: number;
  @Column('int') session: number;
  @Column('text') symbol: string;
  @Column('text') paragraph: string;
  @Column('text') text: string;
  @Column('text') language: string;
  @Column('text', { array: true }) recommending_states: string[];
  @Column('text') position: string;
  @Column('int') action_category: number;
  @Column('text', { array: true }) themes: string[];
  @Column('text', { array: true }) groups: string[];
  @Column('text', { array: true }) sdgs: string[];
  @Column('text') review_date: string;
  @Column('text', { array: true }) sources: string[];
  @Column('text') search_text: string;
}

const names: (keyof SavedRecommendation)[] = [
  'id',
  'natural_key',
  'version',
  'kind',
  'mechanism',
  'state_under_review',
  'cycle',
  'session',
  'symbol',
  'paragraph',
  'text',
  'language',
  'recommending_states',
  'position',
  'action_category',
  'themes',
  'groups',
  'sdgs',
  'review_date',
  'sources',
  'search_text',
];

async function sample(database: Database, count: number): Promise<SavedRecommendation[]> {
  return database.query<SavedRecommendation>(`select ${names.join(', ')} from recommendation limit ${count}`);
}

async function copyRate(database: Database): Promise<number> {
  await database.query('create table copied_recommendation (like recommendation including all)');
  const rows = (await sample(database, COPIED)).map((row) => names.map((name) => row[name]));
  const began = performance.now();
  await database.transaction((tx) => copyIn(tx, `copied_recommendation (${names.join(', ')})`, rows));
  return rows.length / ((performance.now() - began) / 1000);
}

async function saveRate(database: Database): Promise<number> {
  await database.query('create table saved_recommendation (like recommendation including all)');
  const repository = database.dataSource.getRepository(SavedRecommendation);
  const rows = await sample(database, SAVED);
  const began = performance.now();
  for (const row of rows) await repository.save(row);
  return rows.length / ((performance.now() - began) / 1000);
}
