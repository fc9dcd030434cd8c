import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { RecommendationsWorld } from './testing/recommendations-world';

const folder = sharedData('upr/upr-info');
const file = (name: string) => join(folder!, name);

// Whole files of thousands of rows, three times over: on a busy machine that takes its time.
jest.setTimeout(240_000);

(folder ? describe : describe.skip)('imports of what UPR Info exported', () => {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await RecommendationsWorld.open();
  });
  afterEach(() => world.close());

  it('applies 6,094 rows, each told once, and then the end', async () => {
    const read = await world.read(file('1-5.csv'));
    expect(read).toMatchObject({
      state: 'ready',
      format: 'upr-info-csv',
      counts: { recommendations: 6094, pledges: 0, rejected: 0 },
      preview: { new: 6094, changed: 0, unchanged: 0, rejected: 0, openQuestions: 1 },
      announceDefault: false,
    });
    const applied = await world.apply(read.id);
    expect(applied).toMatchObject({ state: 'applied', result: { recorded: 6094, announced: 6094 } });
    const events = await world.published();
    expect(events.filter((event) => event.type === 'RecommendationRecorded')).toHaveLength(6094);
    expect(new Set(events.map((event) => event.aggregateId)).size).toBe(6095);
    expect(events.at(-1)).toMatchObject({
      type: 'ImportApplied',
      data: { importId: read.id, announce: true, recorded: 6094, announcedEvents: 6094 },
    });
  });

  it('holds as many of each response, action and issue as a plain count of the file finds', async () => {
    const read = await world.read(file('1-5.csv'));
    await world.apply(read.id, false);
    const text = iconv.decode(readFileSync(file('1-5.csv')), 'macintosh');
    const rows: Record<string, string>[] = parse(text, { columns: true, relax_column_count: true });
    const count = (values: string[]) => {
      const counts: Record<string, number> = {};
      for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
      return counts;
    };
    const held = await world.database.query(
      `select r.position, r.action_category as action, s.record -> 'themes' as issues
       from recommendation r join source_record s on s.join_key = r.natural_key`,
    );
    const responses: Record<string, string> = { Accepted: 'supported', Noted: 'noted' };
    expect(count(held.map((row) => row.position))).toEqual(
      count(rows.map((row) => responses[row.Response!]!)),
    );
    expect(count(held.map((row) => String(row.action)))).toEqual(count(rows.map((row) => row.Action!)));
    expect(count(held.flatMap((row) => row.issues ?? []))).toEqual(
      count(
        rows
          .flatMap((row) => row.Issue!.split(',').map((issue) => issue.trim()))
          .filter((issue) => issue !== ''),
      ),
    );
  });

  it('changes and publishes nothing when the same comes again, in another encoding or container', async () => {
    const first = await world.read(file('17-20.xls'));
    expect(first.counts).toMatchObject({ recommendations: 7984, rejected: 0 });
    await world.apply(first.id);
    await world.published();
    const utf8 = Buffer.from(
      iconv.decode(readFileSync(file('17-20.csv')), 'macintosh').replaceAll('\r', '\r\n'),
    );
    for (const again of [file('17-20.csv'), { name: 'again.csv', bytes: utf8 }]) {
      const read = await world.read(again);
      expect(read.preview).toMatchObject({ new: 0, changed: 0, unchanged: 7984 });
      const applied = await world.apply(read.id);
      expect(applied.result).toEqual({
        recorded: 0,
        revised: 0,
        withdrawn: 0,
        unchanged: 7984,
        announced: 0,
      });
    }
    expect(await world.published()).toEqual([]);
  });

  it('keeps 947 pledges as a kind of their own', async () => {
    const read = await world.read(file('voluntary.csv'));
    await world.apply(read.id, false);
    const { total } = await world.json('GET', '/recommendations?kind=pledge');
    expect(total).toBe(947);
    const events = await world.published();
    expect(events.filter((event) => event.data.announce)).toEqual([]);
  });
});
