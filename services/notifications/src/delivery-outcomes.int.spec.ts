import { MailServerUnderTest } from './testing/mail-server';
import { NotificationsUnderTest } from './testing/notifications';

describe('what became of mails', () => {
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

  const follow = (email: string) =>
    service.http('POST', '/follow', { body: { email, filter: {}, locale: 'en' } });
  const outcomes = (as?: string) => service.http('GET', '/operations/deliveries', { as });

  it('is counted for an administrator, without anything about to whom', async () => {
    smtp.answer = (to) => {
      if (to.startsWith('unknown')) return { code: 550, text: 'no such user' };
      return to.startsWith('later') ? { code: 451, text: 'greylisted' } : null;
    };
    for (const email of ['a@example.org', 'unknown@example.org', 'later@example.org']) await follow(email);
    await service.work();
    const { json, text } = await outcomes('administrator');
    expect(json).toMatchObject({ days: 7, accepted: 1, failed: 1, dead: 0, void: 0, waiting: 1, late: 0 });
    expect(json.answers).toEqual([
      { outcome: 'permanent', code: expect.stringContaining('550'), attempts: 1 },
      { outcome: 'transient', code: expect.stringContaining('451'), attempts: 1 },
    ]);
    expect(text).not.toContain('example.org');
    service.clock.advance(8 * 86_400_000);
    expect((await outcomes('administrator')).json).toMatchObject({
      accepted: 0,
      waiting: 1,
      late: 1,
      answers: [],
    });
  });

  it('is for nobody else', async () => {
    expect((await outcomes()).status).toBe(401);
    expect((await outcomes('somebody')).status).toBe(403);
  });
});
