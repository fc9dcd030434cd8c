import { PASSWORD, setUp, signIn, startPortal, type RunningPortal } from '../testing/start-portal';
import { hiddenField } from '../testing/browser';

const NEW = 'a brand new secret 7';

describe('a forgotten password', () => {
  let portal: RunningPortal;
  beforeAll(async () => {
    portal = await startPortal();
    await setUp(portal);
  });
  afterAll(() => portal.stop());

  const forget = (email: string) => portal.browser().post('/password/forgot', { email });
  const lastLink = () => /https?:\/\/\S+/.exec(portal.mails.at(-1)!.text)![0];

  it('answers the same, and in the same time, whether the address has an account or not', async () => {
    const timed = async (email: string) => {
      const begin = performance.now();
      const { status, text } = await forget(email);
      return { answer: { status, text }, took: performance.now() - begin };
    };
    const known = await timed('ada@ministry.example');
    const unknown = await timed('nobody@ministry.example');
    expect(unknown.answer).toEqual(known.answer);
    expect(Math.min(known.took, unknown.took)).toBeGreaterThan(390);
    await portal.sendMails();
    expect(portal.mails.map(({ to }) => to)).toEqual(['ada@ministry.example']);
  });

  it('is replaced by the link of the mail, once, and all sessions end', async () => {
    const ada = portal.browser();
    await ada.follow(await signIn(ada, 'ada@ministry.example', PASSWORD));
    const page = await portal.browser().get(lastLink());
    const token = hiddenField(page.text, 'token');
    const reset = (password: string) =>
      portal.browser().post('/password/reset', { token, password, passwordAgain: password });
    expect((await reset('ada-ada-ada-ada')).status).toBe(422);
    expect((await reset('aaaaaaaaaaaaaaaa')).status).toBe(422);
    expect((await reset(NEW)).status).toBe(200);
    expect((await reset(NEW)).status).toBe(403);
    const session = JSON.parse((await ada.call('GET', '/api/portal/v1/session')).text) as { member: unknown };
    expect(session.member).toBeNull();
    expect((await signIn(portal.browser(), 'ada@ministry.example', PASSWORD)).status).toBe(401);
    expect((await signIn(portal.browser(), 'ada@ministry.example', NEW)).status).toBe(303);
    await portal.sendMails();
    expect(portal.mails.at(-1)).toMatchObject({ subject: 'Your password for Followthrough was changed' });
  });

  it('has links that end after an hour', async () => {
    await forget('ada@ministry.example');
    await portal.sendMails();
    portal.clock.advance(61 * 60_000);
    expect((await portal.browser().get(lastLink())).status).toBe(403);
  });

  it('is no way to fill somebody’s mailbox', async () => {
    const sent = portal.mails.length;
    for (let times = 0; times < 5; times += 1) await forget('ada@ministry.example');
    await portal.sendMails();
    expect(portal.mails.length - sent).toBe(3);
  });
});
