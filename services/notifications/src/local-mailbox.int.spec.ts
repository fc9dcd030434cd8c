import { localMailbox } from '@followthrough/mail';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { MailServerUnderTest } from './testing/mail-server';
import {
  aRecommendation,
  importApplied,
  NotificationsUnderTest,
  received,
  recorded,
} from './testing/notifications';

function demoMember(id = uuidv4()): ReturnType<typeof received> {
  const member = {
    memberId: id,
    organisationId: uuidv7(),
    roles: ['contributor'],
    states: ['XTM'],
    locale: 'en',
    timeZone: '',
    demo: true,
  };
  return received('portal.v1.MemberJoined', id, { member });
}

describe('mail that stays in the installation', () => {
  let smtp: MailServerUnderTest;
  let service: NotificationsUnderTest;

  const start = async (smtpUrl: string | null, config = {}): Promise<void> => {
    service = await NotificationsUnderTest.start({ smtpUrl, config });
  };

  beforeEach(async () => {
    smtp = await MailServerUnderTest.start();
  });

  afterEach(async () => {
    await service.stop();
    await smtp.stop();
  });

  const demoRecommendations = (importId: string): ReturnType<typeof received>[] =>
    [1, 2, 3].map((n) =>
      recorded(aRecommendation({ stateUnderReview: 'XTM', demo: true, paragraph: `5.${n}` }), { importId }),
    );

  it('sends nothing to a demo member whom a snapshot tells of, who then follows as before', async () => {
    await start(smtp.url);
    const importId = uuidv7();
    await service.receive(...demoRecommendations(importId), importApplied(importId, 3, { demo: true }));
    const member = { ...demoMember(), snapshot: true };
    await service.receive(member);
    await service.work();
    expect(await service.database.query('select from notice')).toEqual([]);
    await service.receive(
      recorded(aRecommendation({ stateUnderReview: 'XTM', demo: true, paragraph: '6.1' }), { importId: '' }),
    );
    expect(await service.database.query('select recipient_id as id from notice')).toEqual([
      { id: member.aggregateId },
    ]);
  });

  it.each(['members first', 'recommendations first', 'between them'])(
    'shows a stranger one notice a recommendation and one mail a demo member, %s',
    async (order) => {
      await start(smtp.url);
      const importId = uuidv7();
      const members = [demoMember(), demoMember()];
      const [first, ...rest] = demoRecommendations(importId);
      const end = importApplied(importId, 3, { demo: true });
      if (order === 'members first') await service.receive(...members, first!, ...rest, end);
      if (order === 'recommendations first') await service.receive(first!, ...rest, end, ...members);
      if (order === 'between them') await service.receive(first!, members[0]!, end, ...rest, members[1]!);
      await service.receive(...members);
      await service.work();
      for (const { aggregateId } of members) {
        const { json } = await service.http('GET', '/inbox', { as: aggregateId });
        expect(json).toMatchObject({ total: 3, unread: 3 });
      }
      const { json } = await service.http('GET', '/mailbox');
      expect(json.total).toBe(2);
      expect(json.messages[0].subject).toBe('3 recommendations that you follow: Tamaria');
      expect(smtp.received).toHaveLength(0);
    },
  );

  it('removes the demonstration, its members and its mail', async () => {
    await start(null);
    const importId = uuidv7();
    const member = demoMember();
    await service.receive(
      member,
      ...demoRecommendations(importId),
      importApplied(importId, 3, { demo: true }),
    );
    await service.work();
    await service.receive(received('portal.v1.DemoDataRemoved', uuidv7(), { demoId: '' }));
    for (const table of [
      'recipient',
      'notice',
      'recommendation_copy',
      'mailbox_message',
      'import_progress',
    ]) {
      expect([table, await service.database.query(`select from ${table}`)]).toEqual([table, []]);
    }
  });

  it('is where mail goes without a mail server, read with its headers, and found when an answer was lost', async () => {
    await start(null);
    const member = demoMember();
    await service.receive(member, recorded(aRecommendation({ stateUnderReview: 'XTM', demo: true })));
    await service.work();
    const { json: list } = await service.http('GET', '/mailbox');
    const { json: message } = await service.http('GET', `/mailbox/${list.messages[0].id}`);
    expect(message.html).toContain('Guarantee equality before the law');
    expect(message.headers).toContainEqual({
      name: 'List-Unsubscribe-Post',
      value: 'List-Unsubscribe=One-Click',
    });
    expect((await service.http('GET', `/mailbox/${uuidv7()}`)).status).toBe(404);
    // As if the process had died between the mail and its record.
    await service.database.query(`update delivery set state = 'leased', lease_until = '-infinity'`);
    await service.work();
    expect((await service.http('GET', '/mailbox')).json.total).toBe(1);
    expect(await service.database.query('select state from delivery')).toEqual([{ state: 'accepted' }]);
  });

  it('is for administrators where others can reach the installation', async () => {
    await start(null, { loopback: false });
    expect((await service.http('GET', '/mailbox')).status).toBe(401);
    expect((await service.http('GET', '/mailbox', { as: uuidv4() })).status).toBe(403);
    expect((await service.http('GET', '/mailbox', { as: 'administrator' })).status).toBe(200);
  });

  it('stops listening with the service', async () => {
    await start(null);
    expect(localMailbox.url()).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
    await service.stop();
    expect(localMailbox.url()).toBeNull();
    await start(null);
  });

  it('sends a test mail and tells what the server said', async () => {
    await start(smtp.url);
    const body = { to: 'operator@example.org' };
    expect((await service.http('POST', '/test-mail', { as: uuidv4(), body })).status).toBe(403);
    const sent = await service.http('POST', '/test-mail', { as: 'administrator', body });
    expect(sent.json).toMatchObject({ outcome: 'accepted', route: 'relay' });
    expect(smtp.to('operator@example.org')).toHaveLength(1);
    smtp.answer = () => ({ code: 554, text: '5.7.1 not from here' });
    const refused = await service.http('POST', '/test-mail', { as: 'administrator', body });
    expect(refused.json).toMatchObject({ outcome: 'transient', code: '5.7.1' });
    const demo = await service.http('POST', '/test-mail', {
      as: 'administrator',
      body: { to: 'x@demo.invalid' },
    });
    expect(demo.json).toMatchObject({ outcome: 'accepted', route: 'local' });
  });
});
