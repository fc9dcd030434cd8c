import { confirmationToken } from '../harness/people';
import { onAdmin, readings, TOPIC } from './brokers';
import { REVISIONS_OF_A_LOT, type Accepted } from './load';
import { readTopic, type LoggedRecord } from './topic-log';
import { databases, type World } from './world';

/** One comparison of what was accepted with what took effect. */
export interface Entry {
  what: string;
  expected: number;
  lost: number;
  doubled: number;
  /** Told in another order than they happened, within one recommendation. */
  disordered: number;
  /** Came again and were recognised: allowed, and told. */
  again: number;
}

const entry = (what: string, expected: number, found: Partial<Entry> = {}): Entry => ({
  what,
  expected,
  lost: 0,
  doubled: 0,
  disordered: 0,
  again: 0,
  ...found,
});

/** Compares, reading the topics afresh. To be called when all is at rest. */
export async function ledgerOf(world: World, accepted: Accepted): Promise<Entry[]> {
  const held = await world.rows<{ id: string; state: string; text: string; version: string }>(
    'ft_recommendations',
    'select id, state_under_review as state, text, version from recommendation where withdrawn_at is null',
  );
  const versions = new Map(held.map(({ id, version }) => [id, Number(version)]));
  const log = (await readTopic(world.kafka(), TOPIC)).filter(({ headers }) => 'ce_id' in headers);
  const copies = await Promise.all(
    [
      ['ft_consultations', 'recommendation_copy', 'recommendation_id'],
      ['ft_funding', 'recommendation_copy', 'recommendation_id'],
      ['ft_notifications', 'recommendation_copy', 'id'],
      ['ft_portal', 'view.recommendation', 'id'],
    ].map(([database, table, id]) =>
      copyEntry(world, versions, database!, `select ${id} as id, version from ${table}`),
    ),
  );
  return [
    heldEntry(held, accepted),
    revisionEntry(held, accepted),
    topicEntry(log, versions),
    await toldEntry(world, log, 'witness', 'witnesses told', 'witnessed order by nth'),
    await toldEntry(world, log, 'ft_portal', 'feed', 'feed.event where not snapshot order by position'),
    ...copies,
    await parkedEntry(world),
    ...mailEntries(world, accepted),
  ];
}

type Held = { id: string; state: string; text: string; version: string };

function heldEntry(held: readonly Held[], { lots }: Accepted): Entry {
  const expected = lots.reduce((sum, { rows }) => sum + rows, 0);
  const different = new Set(held.map(({ state, text }) => `${state} ${text}`)).size;
  return entry('recommendations imported', expected, {
    lost: Math.max(0, expected - different),
    doubled: held.length - Math.min(different, expected),
  });
}

/** A recommendation has been revised with its own lot and with every later one about its State. */
function revisionEntry(held: readonly Held[], { lots }: Accepted): Entry {
  const result = entry('revisions', 0);
  for (const { state, text, version } of held) {
    const row = Number(/(\d+)$/.exec(text)?.[1]);
    const ofState = lots.filter((lot) => lot.state === state);
    const own = ofState.findIndex(({ from, rows }) => row >= from && row < from + rows);
    const expected = 1 + REVISIONS_OF_A_LOT * (ofState.length - own);
    result.expected += expected - 1;
    result.lost += Math.max(0, expected - Number(version));
    result.doubled += Math.max(0, Number(version) - expected);
  }
  return result;
}

/** For each version of each recommendation one event on the topic; the same event may stand there again. */
function topicEntry(log: readonly LoggedRecord[], versions: ReadonlyMap<string, number>): Entry {
  const result = entry(
    'events on the topic',
    [...versions.values()].reduce((sum, version) => sum + version, 0),
  );
  const seen = new Set<string>();
  const told = new Map<string, Set<number>>();
  const newest = new Map<string, number>();
  for (const { key, headers } of log) {
    const { ce_id: id = '', ce_aggregateversion: version } = headers;
    if (key === null || !versions.has(key)) continue;
    if (seen.has(id)) {
      result.again += 1;
      continue;
    }
    seen.add(id);
    const nth = Number(version);
    const toldOf = told.get(key) ?? new Set<number>();
    if (toldOf.has(nth)) result.doubled += 1;
    told.set(key, toldOf.add(nth));
    if (nth < (newest.get(key) ?? 0)) result.disordered += 1;
    newest.set(key, nth);
  }
  for (const [id, version] of versions) {
    for (let nth = 1; nth <= version; nth += 1) if (!told.get(id)?.has(nth)) result.lost += 1;
  }
  return result;
}

/** Every event that is on the topic was told to this reader once, and in order. */
async function toldEntry(
  world: World,
  log: readonly LoggedRecord[],
  database: string,
  what: string,
  from: string,
): Promise<Entry> {
  const told = await world.rows<{ event_id: string; aggregate_id: string; version: string }>(
    database,
    `select event_id, aggregate_id, version from ${from}`,
  );
  const expected = new Set(
    log
      .filter(({ headers }) => headers.ce_type?.includes('.Recommendation'))
      .map(({ headers }) => headers.ce_id!),
  );
  const result = entry(what, expected.size);
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { event_id: id, aggregate_id: key, version } of told) {
    if (!expected.has(id)) continue;
    if (seen.has(id)) result.doubled += 1;
    else if (Number(version) < (newest.get(key) ?? 0)) result.disordered += 1;
    seen.add(id);
    newest.set(key, Math.max(newest.get(key) ?? 0, Number(version)));
  }
  result.lost = expected.size - seen.size;
  return result;
}

async function copyEntry(
  world: World,
  versions: ReadonlyMap<string, number>,
  database: string,
  sql: string,
): Promise<Entry> {
  const copy = await world.rows<{ id: string; version: string }>(database, sql);
  const result = entry(`copy of ${database.slice(3)}`, versions.size);
  const found = new Map(copy.map(({ id, version }) => [id, Number(version)]));
  for (const [id, version] of versions) if (found.get(id) !== version) result.lost += 1;
  result.doubled = copy.filter(({ id }) => !versions.has(id)).length + copy.length - found.size;
  return result;
}

/** What nobody can read lies parked once for each group that reads the topic, and nothing else does. */
async function parkedEntry(world: World): Promise<Entry> {
  const reading = await onAdmin(world.kafka(), readings);
  const groups = reading.filter(({ topics }) => topics.some(({ topic }) => topic === TOPIC));
  const places = new Set(world.poisoned.map(({ partition, offset }) => `${partition}/${offset}`));
  const parked = await Promise.all(
    databases.map((database) =>
      world.rows<{ partition: number; record_offset: string }>(
        database,
        'select partition, record_offset from parked_event',
      ),
    ),
  );
  const known = parked.flat().filter((row) => places.has(`${row.partition}/${row.record_offset}`)).length;
  const expected = groups.length * places.size;
  return entry('records parked', expected, {
    lost: Math.max(0, expected - known),
    doubled: parked.flat().length - Math.min(known, expected),
  });
}

function mailEntries(world: World, accepted: Accepted): Entry[] {
  const wishes = entry('mails that ask for confirmation', accepted.followers.length);
  const digests = entry('mails with news', 0);
  for (const { address, state, fromLot } of accepted.followers) {
    const mails = world.mails.to(address);
    const different = [...new Set(mails.map(({ messageId }) => messageId))];
    const asking = new Set(mails.filter(({ mail }) => confirmationToken(mail)).map((one) => one.messageId));
    const news = different.length - asking.size;
    const due = accepted.lots.filter((lot) => lot.state === state && lot.at >= fromLot).length;
    wishes.lost += Math.max(0, 1 - asking.size);
    wishes.doubled += Math.max(0, asking.size - 1);
    digests.expected += due;
    digests.lost += Math.max(0, due - news);
    digests.doubled += Math.max(0, news - due);
    digests.again += mails.length - different.length;
  }
  for (const address of accepted.unheard) {
    const different = new Set(world.mails.to(address).map(({ messageId }) => messageId));
    wishes.doubled += Math.max(0, different.size - 1);
  }
  return [wishes, digests];
}
