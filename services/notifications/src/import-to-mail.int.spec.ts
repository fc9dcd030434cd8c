import { createHash } from 'node:crypto';
import { v7 as uuidv7, v4 as uuidv4 } from 'uuid';
import { MailServerUnderTest } from './testing/mail-server';
import {
  aRecommendation,
  importApplied,
  importUndone,
  NotificationsUnderTest,
  received,
  recorded,
} from './testing/notifications';

describe('from an import to a mail', () => {
  let smtp: MailServerUnderTest;
  let service: NotificationsUnderTest;

  beforeEach(async () => {
    smtp = await MailServerUnderTest.start();
    service = await NotificationsUnderTest.start({ smtpUrl: smtp.url });
  });

  afterEach(async () => {
    await service.stop();
    await smtp.stop();
  });

  /** A member with a proven address who follows. */
  async function aMember(address: string, ...wanted: object[]): Promise<string> {
    const id = uuidv4();
    const member = {
      memberId: id,
      organisationId: uuidv7(),
      roles: [],
      states: [],
      locale: 'en',
      timeZone: '',
      demo: false,
    };
    await service.receive(received('portal.v1.MemberJoined', id, { member }));
    const digest = createHash('sha256').update(address).digest('hex');
    const attestation = JSON.stringify({ sub: id, address_sha256: digest });
    const put = await service.http('PUT', '/me', { as: id, body: { address, attestation } });
    expect(put.json).toMatchObject({ address: { value: address, state: 'verified' } });
    for (const body of wanted) {
      expect((await service.http('POST', '/subscriptions', { as: id, body })).status).toBe(201);
    }
    return id;
  }

  const noticesOf = async (id: string): Promise<{ kind: string; state: string; fact: string }[]> =>
    service.database.query(
      'select kind, state, fact_key as fact from notice where recipient_id = $1 order by fact_key',
      [id],
    );

  it('tells each follower once of each recommendation and sends one mail, in any order and under redelivery', async () => {
    const follower = await aMember(
      'a@example.org',
      { filter: { stateUnderReview: ['SVN'] } },
      { filter: { theme: ['equality'] } },
    );
    const picky = await aMember('b@example.org', { filter: { position: ['noted'] } });
    const other = await aMember('c@example.org', { filter: { stateUnderReview: ['HRV'] } });
    const importId = uuidv7();
    const events = Array.from({ length: 25 }, (_, n) =>
      recorded(aRecommendation({ paragraph: `1.${n}`, position: n % 5 === 0 ? 'noted' : 'supported' }), {
        importId,
      }),
    );
    // The end of the import comes in the middle of its rows, and half of the rows come twice.
    await service.receive(...events.slice(0, 10));
    await service.receive(importApplied(importId, 25));
    await service.work();
    expect(smtp.received).toHaveLength(0);
    await service.receive(...events.slice(10, 20));
    await service.receive(...events.slice(5, 15));
    await service.work();
    expect(smtp.received).toHaveLength(0);
    await service.receive(...events.slice(20));
    await service.work();
    await service.receive(...events);
    await service.work();

    expect(await noticesOf(follower)).toHaveLength(25);
    expect(await noticesOf(picky)).toHaveLength(5);
    expect(await noticesOf(other)).toHaveLength(0);
    expect(smtp.received.map(({ to }) => to).sort()).toEqual([['a@example.org'], ['b@example.org']]);
    const [mail] = smtp.to('a@example.org');
    expect(mail?.parsed.subject).toBe('25 recommendations that you follow: Slovenia');
    expect(mail?.parsed.text).toContain('because you follow: State under review: Slovenia.');
    expect(mail?.parsed.text).toContain('because you follow: theme: equality.');
    const delivered = await service.database.query(
      `select payload from outbox where type = 'notifications.v1.DigestDelivered'`,
    );
    expect(delivered).toHaveLength(2);
    const inbox = await service.http('GET', '/inbox', { as: follower });
    expect(inbox.json).toMatchObject({ unread: 25, total: 25 });
  });

  it('says nothing of what was not announced, what is older than the copy, and what a snapshot tells again', async () => {
    const follower = await aMember('a@example.org', { filter: {} });
    const recommendation = aRecommendation();
    const importId = uuidv7();
    await service.receive(
      recorded(recommendation, { importId, announce: false }),
      importApplied(importId, 0),
    );
    await service.receive(recorded({ ...recommendation, text: 'Old' }, {}, { version: 1 }));
    await service.receive(recorded(aRecommendation(), {}, { snapshot: true }));
    const newer = { ...recommendation, text: 'Newer' };
    await service.receive(
      recorded(newer, { announce: false }, { version: 3 }),
      recorded(recommendation, {}, { version: 2 }),
    );
    await service.work();
    expect(await noticesOf(follower)).toEqual([]);
    expect(smtp.received).toHaveLength(0);
    const [copy] = await service.database.query<{ text: string }>(
      'select text from recommendation_copy where id = $1',
      [recommendation.recommendationId],
    );
    expect(copy?.text).toBe('Newer');
  });

  it('voids what an undo finds unsent, and corrects once what had been sent', async () => {
    const told = await aMember('a@example.org', { filter: {} });
    const unsent = await aMember('b@example.org', { filter: {}, cadence: 'daily' });
    const stopped = await aMember('c@example.org', { filter: {} });
    const importId = uuidv7();
    const recommendations = [1, 2, 3].map((n) => aRecommendation({ paragraph: `1.${n}` }));
    await service.receive(
      ...recommendations.map((one) => recorded(one, { importId })),
      importApplied(importId, 3),
    );
    await service.work();
    expect(smtp.received).toHaveLength(2);
    const [unsubscribe] = /\/unsubscribe\/[\w-]+/.exec(smtp.to('c@example.org')[0]?.head ?? '') ?? [];
    await service.http('POST', unsubscribe ?? '');
    const withdrawn = recommendations.map(({ recommendationId }) =>
      received(
        'recommendations.v1.RecommendationWithdrawn',
        recommendationId,
        { recommendationId, reason: 'import-undone', importId, announce: true },
        { version: 2 },
      ),
    );
    await service.receive(...withdrawn, importUndone(importId));
    await service.receive(importUndone(importId));
    await service.work();
    service.clock.advance(48 * 3_600_000);
    await service.work();
    expect((await noticesOf(told)).map(({ kind, state }) => [kind, state])).toEqual([
      ['correction', 'sent'],
      ...Array(3).fill(['recorded', 'sent']),
    ]);
    expect((await noticesOf(unsent)).map(({ state }) => state)).toEqual(['void', 'void', 'void']);
    expect(smtp.to('b@example.org')).toHaveLength(0);
    expect(smtp.to('c@example.org')).toHaveLength(1);
    expect((await noticesOf(stopped)).map(({ kind, state }) => [kind, state])).toContainEqual([
      'correction',
      'unmailed',
    ]);
    expect(smtp.to('a@example.org').map(({ parsed }) => parsed.subject)).toEqual([
      '3 recommendations that you follow: Slovenia',
      'Correction: what we told you has been taken back',
    ]);
    expect(smtp.to('a@example.org')[1]?.parsed.text).toContain('We told you of 3 recommendations');
  });

  it('drops from a mail what is no longer true or wanted when it is written, and sends no empty one', async () => {
    const follower = await aMember(
      'a@example.org',
      { filter: { theme: ['equality'] } },
      { filter: { theme: ['water'] } },
    );
    const [kept, gone, unwanted] = [
      aRecommendation(),
      aRecommendation(),
      aRecommendation({ themes: ['water'], stateUnderReview: 'HRV' }),
    ];
    smtp.answer = () => ({ code: 451, text: '4.3.0 later' });
    await service.receive(recorded(kept), recorded(gone), recorded(unwanted));
    await service.work();
    const followed: { id: string; filter: object }[] = (
      await service.http('GET', '/subscriptions', { as: follower })
    ).json.subscriptions;
    const ending = (theme: string) =>
      followed.find(({ filter }) => JSON.stringify(filter).includes(theme))?.id ?? '';
    await service.http('DELETE', `/subscriptions/${ending('water')}`, { as: follower });
    const { recommendationId } = gone;
    await service.receive(
      received(
        'recommendations.v1.RecommendationWithdrawn',
        recommendationId,
        { recommendationId, reason: 'by-person', importId: '', announce: false },
        { version: 2 },
      ),
    );
    smtp.answer = () => null;
    service.clock.advance(2 * 60_000);
    await service.work();
    expect(smtp.received.map(({ parsed }) => parsed.subject)).toEqual([
      '1 recommendation that you follow: Slovenia',
    ]);

    smtp.answer = () => ({ code: 451, text: '4.3.0 later' });
    await service.receive(recorded(aRecommendation()));
    await service.work();
    await service.http('DELETE', `/subscriptions/${ending('equality')}`, { as: follower });
    smtp.answer = () => null;
    service.clock.advance(2 * 60_000);
    await service.work();
    expect(smtp.received).toHaveLength(1);
    const states = await service.database.query<{ state: string }>(
      'select state from digest order by created_at',
    );
    expect(states.map(({ state }) => state)).toEqual(['sent', 'void']);
  });

  it('tries again by the schedule, records each attempt first, and gives up', async () => {
    const follower = await aMember('a@example.org', { filter: {} });
    smtp.answer = () => ({ code: 451, text: '4.3.0 later' });
    await service.receive(recorded(aRecommendation()));
    for (let attempt = 0; attempt < 12; attempt++) {
      await service.work();
      service.clock.advance(30 * 3_600_000);
    }
    const { deliveries } = (await service.http('GET', '/deliveries', { as: follower })).json;
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({ state: 'dead', notices: 1 });
    expect(deliveries[0].attempts[0]).toMatchObject({ outcome: 'transient', code: '4.3.0' });
    expect(await noticesOf(follower)).toMatchObject([{ state: 'unmailed' }]);
  });

  it('uses an address no more that its server has refused for good', async () => {
    const follower = await aMember('a@example.org', { filter: {} });
    smtp.answer = () => ({ code: 550, text: '5.1.1 no such user' });
    await service.receive(recorded(aRecommendation()));
    await service.work();
    smtp.answer = () => null;
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received).toHaveLength(0);
    expect((await service.http('GET', '/me', { as: follower })).json.address.state).toBe('suspended');
    expect((await service.http('GET', '/inbox', { as: follower })).json.total).toBe(2);
  });

  it('sends a mail without an answer again under the same Message-ID, and not for ever', async () => {
    await aMember('a@example.org', { filter: {} });
    smtp.answer = () => 'hang-up';
    await service.receive(recorded(aRecommendation()));
    for (let attempt = 0; attempt < 8; attempt++) {
      await service.work();
      service.clock.advance(60_000);
    }
    expect(smtp.received).toHaveLength(3);
    expect(new Set(smtp.received.map(({ parsed }) => parsed.messageId)).size).toBe(1);
  });

  it('takes up a delivery whose process died', async () => {
    await aMember('a@example.org', { filter: {} });
    smtp.answer = () => ({ code: 451, text: '4.3.0 later' });
    await service.receive(recorded(aRecommendation()));
    await service.work();
    smtp.answer = () => null;
    await service.database.query(`update delivery set state = 'leased', lease_until = $1`, [
      service.clock.now(),
    ]);
    service.clock.advance(1000);
    await service.work();
    expect(smtp.received).toHaveLength(0);
    service.clock.advance(60_000);
    await service.work();
    expect(smtp.received).toHaveLength(1);
    await service.work();
    expect(smtp.received).toHaveLength(1);
  });

  it('gathers a day in the recipient’s zone into one mail', async () => {
    const follower = await aMember('a@example.org', { filter: {}, cadence: 'daily' });
    await service.http('PUT', '/me', { as: follower, body: { timeZone: 'Asia/Tokyo', locale: 'fr' } });
    for (let hour = 0; hour < 11; hour++) {
      await service.receive(recorded(aRecommendation({ paragraph: `1.${hour}` })));
      await service.work();
      service.clock.advance(3_600_000);
    }
    expect(smtp.received).toHaveLength(0);
    service.clock.set('2026-05-06T22:00:00Z');
    await service.work();
    expect(smtp.received.map(({ parsed }) => parsed.subject)).toEqual([
      'Aujourd’hui : 11 recommandations que vous suivez : Slovénie',
    ]);
    await service.receive(recorded(aRecommendation()));
    await service.work();
    const [next] = await service.database.query<{ day: string; due: Date }>(
      `select local_date as day, due_at as due from digest where state = 'open'`,
    );
    expect(next).toEqual({ day: '2026-05-08', due: new Date('2026-05-07T22:00:00Z') });
  });

  it('merges a day that did not get out into the next', async () => {
    await aMember('a@example.org', { filter: {}, cadence: 'daily' });
    smtp.answer = () => ({ code: 451, text: '4.3.0 later' });
    await service.receive(recorded(aRecommendation({ paragraph: '1.1' })));
    service.clock.set('2026-05-07T07:00:00Z');
    await service.work();
    await service.receive(recorded(aRecommendation({ paragraph: '1.2' })));
    smtp.answer = () => null;
    service.clock.set('2026-05-08T07:00:00Z');
    await service.database.query(`update delivery set next_attempt_at = '2026-05-08T08:00:00Z'`);
    await service.work();
    expect(smtp.received.map(({ parsed }) => parsed.subject)).toEqual([
      'Today: 2 recommendations that you follow: Slovenia',
    ]);
  });

  it('deletes what is held of a member who is gone, and lets nothing of it come back', async () => {
    const id = await aMember('a@example.org', { filter: {} });
    await service.receive(recorded(aRecommendation()));
    await service.receive(received('portal.v1.MemberErased', id, { memberId: id }, { version: 2 }));
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received).toHaveLength(0);
    for (const table of ['recipient', 'address', 'subscription', 'notice', 'digest', 'delivery']) {
      expect(await service.database.query(`select from ${table}`)).toEqual([]);
    }
    expect((await service.http('GET', '/me', { as: id })).status).toBe(404);
    const ended = await service.database.query(
      `select from outbox where type = 'notifications.v1.SubscriptionEnded'`,
    );
    expect(ended).toHaveLength(1);
  });
});
