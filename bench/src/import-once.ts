/** One import of generated rows in a process of its own, so that its memory can be measured: `import-once ROWS URL FOLDER`. */
import 'reflect-metadata';
import { Database } from '@followthrough/database';
import { ImportEntity, ImportFunnel } from '@followthrough/imports';
import { Jobs } from '@followthrough/jobs';
import { recommendationsService } from '@followthrough/recommendations';
import {
  Clock,
  createLogger,
  createServiceApp,
  keepHeapSmall,
  type RuntimeConfig,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { Registry } from 'prom-client';

export interface ImportFigures {
  rows: number;
  /** from the first byte to the preview, and from the order to apply to the last row applied */
  readSeconds: number;
  applySeconds: number;
  /** largest memory of the process while it applied, and in all, reading thread included */
  peakBytes: number;
  events: number;
}

const WORDS =
  'adopt national measures that protect women children and all persons deprived of liberty from violence and discrimination before courts schools hospitals local authorities'.split(
    ' ',
  );
const STATES = ['Slovenia', 'Croatia', 'Peru', 'Ghana', 'Nepal', 'Fiji', 'Canada', 'Kenya'];
const ISSUES = [
  "Women's rights",
  'Justice,Detention',
  'Rights of the Child',
  'Right to education,Minorities',
];

/** Text as long as recommendations are (some 190 characters), every row another. */
function textOf(row: number): string {
  const words = Array.from(
    { length: 26 },
    (_, index) => WORDS[(row * 7 + index * (3 + (row % 5))) % WORDS.length],
  );
  return `${words.join(' ')} (${row})`;
}

async function* generated(rows: number): AsyncGenerator<Buffer> {
  let lines = 'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\r\n';
  for (let row = 0; row < rows; row += 1) {
    const state = STATES[row % 8];
    const from = STATES[(row + 3) % 8];
    const response = row % 4 === 0 ? 'Noted' : 'Accepted';
    lines += `${state},EEG,"EU, OIF",${textOf(row)},${from},WEOG,EU,${response},${1 + (row % 5)},"${ISSUES[row % 4]}",${13 + (row % 8)}\r\n`;
    if (lines.length < 65_536) continue;
    yield Buffer.from(lines);
    lines = '';
  }
  yield Buffer.from(lines);
}

async function importOnce(rows: number, url: string, folder: string): Promise<ImportFigures> {
  const { migrations: _, ...service } = recommendationsService;
  const database = await Database.open({ name: 'bench', url, entities: service.entities, poolSize: 8 });
  const { nest } = await createServiceApp(recommendationsService, {
    name: 'recommendations',
    config: { dataDir: folder } as RuntimeConfig,
    database,
    log: createLogger('error'),
    metrics: new Registry(),
    clock: new Clock(),
    tokens: {} as TokenVerifier,
    readiness: async () => [],
    providers: [{ provide: Jobs, useValue: { hint: () => undefined } }],
  });
  const funnel = nest.get(ImportFunnel);
  const began = performance.now();
  const upload = await funnel.uploads.store(generated(rows), {
    name: 'bench.csv',
    by: null,
    limitBytes: 2 ** 31,
  });
  const { id: uploadId, bytes, sha256, name } = upload;
  const { id } = await database.transaction((tx) =>
    funnel.begin(tx, { uploadId, bytes, sha256, fileName: name }),
  );
  await funnel.advance(id);
  const read = performance.now();
  await database.transaction((tx) => funnel.take(tx, id, 'apply', { announce: true }));
  await funnel.advance(id);
  const applied = performance.now();
  const imported = await database.dataSource.manager.findOneByOrFail(ImportEntity, { id });
  const [outbox] = await database.query<{ events: number }>('select count(*)::int as events from outbox');
  if (imported.state !== 'applied' || imported.result?.recorded !== rows) {
    throw new Error(
      `The import ended as ${imported.state} with ${JSON.stringify(imported.result ?? imported.error)}`,
    );
  }
  await nest.close();
  await database.close();
  return {
    rows,
    readSeconds: (read - began) / 1000,
    applySeconds: (applied - read) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    events: outbox!.events,
  };
}

// As the platform does when it starts.
keepHeapSmall();
const [rows, url, folder] = process.argv.slice(2);
if (process.send && rows && url && folder) {
  importOnce(Number(rows), url, folder).then(
    (figures) => {
      process.send!(figures);
      process.disconnect();
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
