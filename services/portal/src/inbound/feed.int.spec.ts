import { eventHeader, fromWire } from '@followthrough/contracts';
import type { ReceivedEvent } from '@followthrough/messaging';
import { waitFor } from '@followthrough/testing';
import { FeedBell } from '../outbound/feed/feed-bell';
import { FeedRows } from '../outbound/feed/feed-rows';
import { copyOf, readFeed, readFeedOn } from '../testing/feed-reading';
import {
  aRecommendation,
  importApplied,
  recorded,
  revised,
  withdrawn,
} from '../testing/recommendation-events';
import { startPortal, type RunningPortal } from '../testing/start-portal';
import { KeepHouse } from '../usecases/keep-house';
import { feedConsumer } from './feed.consumer';

const RECORDED = 'recommendations.v1.RecommendationRecorded';
const REVISED = 'recommendations.v1.RecommendationRevised';
const WITHDRAWN = 'recommendations.v1.RecommendationWithdrawn';
const APPLIED = 'recommendations.v1.ImportApplied';
const cursorIn = (address: string) => new URLSearchParams(address.split('?')[1]).get('after')!;
const uuid = () => aRecommendation().recommendationId;

describe('the feed for partners', () => {
  let portal: RunningPortal;
  beforeEach(async () => {
    portal = await startPortal();
  });
  afterEach(() => portal.stop());

  /** Hands events over as the transport does, a transaction each. */
  const tell = async (...events: ReceivedEvent[]) => tellBy(portal.app.get(FeedRows), ...events);
  const tellBy = async (rows: FeedRows, ...events: ReceivedEvent[]) => {
    const { handlers } = feedConsumer(rows);
    for (const event of events) {
      const handler = handlers.find(({ events: types }) => types.includes(event.type))!;
      await portal.database.transaction((tx) => handler.handle(tx, [event]));
    }
  };
  const read = (query = '', token?: string) => readFeed(portal, `/api/events${query}`, token);
  const told = (events: { type: string; subject: string }[]) =>
    events.map(({ type, subject }) => [type, subject]);
  const operator = async (method: string, path: string, body: unknown) => {
    const authorization = `Bearer ${await portal.operatorToken()}`;
    const answer = await portal.browser().call(method, `/api/portal/v1${path}`, body, { authorization });
    return JSON.parse(answer.text);
  };
  /** A token of a partner's program with these rights. */
  const tokenOf = async (roles: string[], states: string[]): Promise<string> => {
    const { secret } = await operator('POST', '/service-accounts', {
      name: [...roles, ...states].join(),
      roles,
      states,
    });
    return (await operator('POST', '/token', { secret })).accessToken as string;
  };

  it('begins with the current state, one event a recommendation, and goes on from there', async () => {
    const [first, second] = [aRecommendation({ text: 'as first recorded' }), aRecommendation()];
    await tell(
      recorded(first),
      recorded(second),
      importApplied(uuid()),
      revised({ ...first, text: 'as revised' }, ['text'], ''),
      withdrawn(second.recommendationId),
    );
    const state = await read();
    expect(told(state.events)).toEqual([
      [RECORDED, first.recommendationId],
      [WITHDRAWN, second.recommendationId],
    ]);
    expect(state.events[0]).toMatchObject({ snapshot: true, aggregateversion: 2 });
    expect(fromWire(RECORDED, state.events[0]!.data as never)).toEqual({
      recommendation: { ...first, text: 'as revised' },
      importId: '',
      announce: false,
    });
    expect((await readFeed(portal, state.next)).events).toEqual([]);
    await tell(revised({ ...first, text: 'once more' }, ['text'], '', { version: 3 }));
    const news = await readFeed(portal, state.next);
    expect(told(news.events)).toEqual([[REVISED, first.recommendationId]]);
    expect(news.events[0]).not.toHaveProperty('snapshot');
    // The cursor of an event is as good as the link.
    expect((await read(`?after=${news.events[0]!.cursor}`)).events).toEqual([]);
    expect(told((await read(`?after=${state.events[0]!.cursor}`)).events)).toEqual([
      [WITHDRAWN, second.recommendationId],
    ]);
  });

  it('gives a reader who begins while much changes the right copy, however small the batches', async () => {
    const all = Array.from({ length: 7 }, (_, index) => aRecommendation({ text: `first ${index}` }));
    await tell(...all.map((one) => recorded(one)));
    const begun = await read('?limit=2');
    await tell(
      revised({ ...all[0]!, text: 'after it was read' }, ['text'], ''),
      revised({ ...all[5]!, text: 'before it was read' }, ['text'], ''),
      withdrawn(all[6]!.recommendationId),
    );
    const { events } = await readFeedOn(portal, begun.next);
    expect(copyOf([...begun.events, ...events])).toEqual({
      ...Object.fromEntries(all.slice(0, 6).map(({ recommendationId, text }) => [recommendationId, text])),
      [all[0]!.recommendationId]: 'after it was read',
      [all[5]!.recommendationId]: 'before it was read',
    });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('says neither twice nor late what it has said', async () => {
    const one = aRecommendation();
    const fact = revised({ ...one, text: 'new' }, ['text'], '', { version: 3 });
    await tell(recorded(one), fact);
    const { next } = await read();
    // An older one, the same told again by a snapshot; then a restored owner's word, which wins.
    await tell(revised(one, ['text'], '', { version: 2 }), recorded(one, { version: 3, snapshot: true }));
    expect((await readFeed(portal, next)).events).toEqual([]);
    await tell(recorded({ ...one, text: 'restored' }, { version: 2, generation: 2, snapshot: true }));
    const { events } = await readFeed(portal, next);
    expect(events).toMatchObject([{ generation: 2, aggregateversion: 2, snapshot: true }]);
  });

  it('tells the types that are asked for, and refuses what it does not know', async () => {
    const one = aRecommendation();
    const after = cursorIn((await read()).next);
    await tell(recorded(one), revised(one, ['text'], ''), importApplied(uuid()));
    const asked = async (types: string, from = '') =>
      (await read(`?types=${types}&after=${from}`)).events.map(({ type }) => type);
    expect(await asked(`${APPLIED},${REVISED}`, after)).toEqual([REVISED, APPLIED]);
    expect(await asked('', after)).toEqual([RECORDED, REVISED, APPLIED]);
    // The current state is told as recorded, whatever came last; what has happened before is no part of it.
    expect(await asked(RECORDED)).toEqual([RECORDED]);
    expect(await asked(`${APPLIED},${REVISED},${WITHDRAWN}`)).toEqual([]);
    for (const query of ['after=x', 'types=portal.v1.MemberJoined', 'limit=1001', 'wait=31', 'typo=1'])
      await expect(read(`?${query}`)).rejects.toThrow(/^400/);
    // A cursor of another feed, and one of a future that was lost: the current state first.
    for (const lost of ['00000000.1', `${after.split('.')[0]}.99`])
      expect((await read(`?after=${lost}`)).events).toMatchObject([{ snapshot: true }]);
  });

  it('tells internal events to those who may see them in that State, and to nobody else', async () => {
    const of = (state: string | null) => ({ stateUnderReview: state, visibility: 'internal' as const });
    const [slovenia, france, nobodys] = [aRecommendation(), aRecommendation(), aRecommendation()];
    const imported = uuid();
    const before = (await read()).next;
    await tell(
      recorded(slovenia, of('SVN')),
      recorded(france, of('FRA')),
      recorded(nobodys, of(null)),
      importApplied(imported, of('SVN')),
    );
    const open = aRecommendation();
    await tell(recorded(open));
    const seenBy = async (token?: string) => {
      const { events: state } = await readFeedOn(portal, '/api/events?limit=1', token);
      const { events } = await readFeedOn(portal, before, token);
      const subjects = (of: typeof events) => of.map(({ subject }) => subject).sort();
      expect(subjects(state)).toEqual(subjects(events).filter((id) => id !== imported));
      return subjects(events);
    };
    const all = [slovenia, france, nobodys, open].map(({ recommendationId }) => recommendationId);
    const [svn, fra, , pub] = all as [string, string, string, string];
    expect(await seenBy()).toEqual([pub]);
    expect(await seenBy(await tokenOf(['contributor'], ['SVN']))).toEqual([pub]);
    expect(await seenBy(await tokenOf(['observer'], ['SVN']))).toEqual([svn, pub].sort());
    expect(await seenBy(await tokenOf(['coordinator'], ['SVN']))).toEqual([svn, imported, pub].sort());
    expect(await seenBy(await tokenOf(['observer'], ['FRA']))).toEqual([fra, pub].sort());
    expect(await seenBy(await tokenOf(['coordinator'], ['*']))).toEqual([...all, imported].sort());
    await expect(read('', 'no.such.token')).rejects.toThrow('401');
  });

  it('passes over what may not be seen, for good', async () => {
    const hidden = () => recorded(aRecommendation(), { visibility: 'internal', stateUnderReview: 'SVN' });
    const begun = await read();
    await tell(hidden(), hidden());
    const next = await readFeed(portal, begun.next);
    expect(next.events).toEqual([]);
    expect(next.next).not.toBe(begun.next);
  });

  it('bears nothing but the attributes that the topics have, and a cursor', async () => {
    await tell(recorded(aRecommendation(), { stateUnderReview: 'SVN' }), importApplied(uuid()));
    const extensions = Object.values(eventHeader).map((name) => name.replace(/^ce_/, ''));
    const { events } = await readFeedOn(portal, '/api/events');
    expect(events).toHaveLength(1);
    for (const name of events.flatMap((event) => Object.keys(event)))
      expect([...extensions, 'datacontenttype', 'data', 'cursor']).toContain(name);
  });

  it('lets a reader wait, and answers as soon as there is something for this reader', async () => {
    const waits = jest.spyOn(portal.app.get(FeedBell), 'beyond');
    const after = cursorIn((await read()).next);
    const answer = read(`?after=${after}&wait=30`);
    await waitFor(() => waits.mock.calls.length === 1);
    await tell(recorded(aRecommendation(), { visibility: 'internal', stateUnderReview: 'SVN' }));
    // Woken by what it may not see, it waits on.
    await waitFor(() => waits.mock.calls.length === 2);
    const one = aRecommendation();
    await tell(recorded(one));
    expect(told((await answer).events)).toEqual([[RECORDED, one.recommendationId]]);
  });

  it('lets a reader hear of what another process appended', async () => {
    const waits = jest.spyOn(portal.app.get(FeedBell), 'beyond');
    const answer = read('?wait=30');
    await waitFor(() => waits.mock.calls.length === 1);
    const elsewhere = new FeedRows({ ring: () => undefined } as unknown as FeedBell);
    await tellBy(elsewhere, recorded(aRecommendation()));
    expect((await answer).events).toHaveLength(1);
  });

  it('ends the waiting when the service stops', async () => {
    const bell = portal.app.get(FeedBell);
    const waits = jest.spyOn(bell, 'beyond');
    const answers = [bell.beyond(0, 30_000, new AbortController().signal)];
    await waitFor(() => waits.mock.calls.length === 1);
    bell.onModuleDestroy();
    await Promise.all(answers);
  });

  it('forgets after ninety days what was superseded, and keeps the last word about each recommendation', async () => {
    const one = aRecommendation({ text: 'first' });
    await tell(recorded(one));
    const { next } = await read();
    await tell(
      importApplied(uuid()),
      revised({ ...one, text: 'second' }, ['text'], ''),
      revised({ ...one, text: 'third' }, ['text'], '', { version: 3 }),
    );
    const house = portal.app.get(KeepHouse);
    portal.clock.advance(89 * 86_400_000);
    await house.keep();
    expect((await readFeed(portal, next)).events).toHaveLength(3);
    portal.clock.advance(2 * 86_400_000);
    await house.keep();
    const { events } = await readFeed(portal, next);
    expect(copyOf(events)).toEqual({ [one.recommendationId]: 'third' });
    expect(events).toHaveLength(1);
    expect((await read()).events).toHaveLength(1);
  });
});
