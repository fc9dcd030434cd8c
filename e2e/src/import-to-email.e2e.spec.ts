import { sharedData, waitFor } from '@followthrough/testing';
import type { Api } from './harness/api';
import type { BrowserSession } from './harness/browser-session';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { followByMail, joinAsMember } from './harness/people';

const matrix = sharedData('upr/slovenia/cycle4/upr48-slovenia-thematic-list-of-recommendatio.docx');
const export1720 = sharedData('upr/upr-info/17-20.csv');
const workbook1720 = sharedData('upr/upr-info/17-20.xls');
const suite = matrix && export1720 && workbook1720 ? describe : describe.skip;

suite('from a real file to the people concerned', () => {
  let mails: MailServer;
  let place: Installation;
  let operator: Api;
  let member: BrowserSession;
  const slovenia = 'follower.slovenia@example.org';
  const afghanistanNoted = 'follower.noted@example.org';
  const memberAddress = 'member@example.org';
  const mailsSoFar = () => ({
    slovenia: mails.to(slovenia).length,
    noted: mails.to(afghanistanNoted).length,
    member: mails.to(memberAddress).length,
  });
  const everythingHandled = (count: number) =>
    waitFor(
      async () => {
        const { body } = await operator.get('/api/consultations/v1/recommendations/summary');
        const portal = await operator.get('/api/portal/v1/recommendations');
        return body.recommendations === count && portal.body.all === count;
      },
      { timeout: 120_000, what: `${count} recommendations in every copy` },
    );
  const outboxesEmpty = () =>
    waitFor(() => operator.eventsHandled(), { timeout: 120_000, what: 'every event to be handled' });

  beforeAll(async () => {
    mails = await MailServer.start();
    place = await Installation.start({ environment: { SMTP_URL: mails.url } });
    operator = await place.operator();
    await followByMail(operator, mails, slovenia, { stateUnderReview: ['SVN'] });
    await followByMail(operator, mails, afghanistanNoted, { stateUnderReview: ['AFG'], position: ['noted'] });
    member = await joinAsMember(operator, mails, {
      email: memberAddress,
      organisationClass: 'embassy',
      roles: ['contributor'],
      states: ['SVN'],
    });
    await member.json('POST', '/api/notifications/v1/subscriptions', {
      filter: { stateUnderReview: ['SVN', 'AFG'] },
      channels: ['inbox', 'email'],
    });
  }, 180_000);

  afterAll(async () => {
    await place?.remove();
    await mails?.stop();
  });

  it('tells each follower of a matrix once, in one mail, and puts each recommendation into the inbox once', async () => {
    const before = mailsSoFar();
    const ready = await operator.prepareImport(matrix!);
    expect(ready).toMatchObject({
      state: 'ready',
      format: 'ohchr-matrix',
      counts: { recommendations: 254, byPosition: { supported: 217, noted: 37 } },
      preview: { new: 254, changed: 0, unchanged: 0 },
    });
    const applied = await operator.applyImport(ready.id, true);
    expect(applied.result).toMatchObject({ recorded: 254, revised: 0, withdrawn: 0 });

    await waitFor(
      () => mails.to(slovenia).length > before.slovenia && mails.to(memberAddress).length > before.member,
      {
        timeout: 60_000,
        what: 'the digests',
      },
    );
    await everythingHandled(254);
    await outboxesEmpty();
    const inbox = await member.json('GET', '/api/notifications/v1/inbox?page=1');
    expect(inbox).toMatchObject({ total: 254, unread: 254 });
    expect(mailsSoFar()).toEqual({
      slovenia: before.slovenia + 1,
      noted: before.noted,
      member: before.member + 1,
    });
    const { mail, raw } = mails.to(slovenia).at(-1)!;
    expect(mail.text).toContain('254');
    expect(mail.html).toContain('254');
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
  });

  it('changes nothing and tells nobody when the same file comes again', async () => {
    const before = mailsSoFar();
    const again = await operator.prepareImport(matrix!);
    expect(again.preview).toMatchObject({ new: 0, changed: 0, unchanged: 254 });
    const applied = await operator.applyImport(again.id, true);
    expect(applied.result).toMatchObject({ recorded: 0, revised: 0, withdrawn: 0, unchanged: 254 });
    await outboxesEmpty();
    expect(mailsSoFar()).toEqual(before);
  });

  it('tells nobody when an import is not announced', async () => {
    const before = mailsSoFar();
    const ready = await operator.prepareImport(export1720!);
    expect(ready.counts).toMatchObject({ recommendations: 7984, pledges: 0 });
    const applied = await operator.applyImport(ready.id, false);
    expect(applied.result).toMatchObject({ recorded: 7984 });
    await everythingHandled(254 + 7984);
    await outboxesEmpty();
    expect(mailsSoFar()).toEqual(before);
    expect((await member.json('GET', '/api/notifications/v1/inbox?page=1')).total).toBe(254);
  });

  it('finds nothing new in the workbook of the same export', async () => {
    const ready = await operator.prepareImport(workbook1720!);
    expect(ready.preview).toMatchObject({ new: 0, changed: 0, unchanged: 7984 });
  });

  it('sends one correction when an announced import is undone, but none to who unsubscribed at one click', async () => {
    const header = mails
      .to(slovenia)
      .at(-1)!
      .raw.match(/^List-Unsubscribe: <(http[^>]+)>/im)![1]!;
    const { status } = await operator.send('POST', new URL(header).pathname, undefined, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(status).toBe(200);

    const before = mailsSoFar();
    const { body } = await operator.get('/api/recommendations/v1/imports?page=1');
    const matrices = (body.imports as { id: string; format: string; state: string }[]).filter(
      ({ format, state }) => format === 'ohchr-matrix' && state === 'applied',
    );
    expect(matrices).toHaveLength(2);
    // The second import holds the same source records: only when both are undone are they held no more.
    for (const { id } of matrices) expect((await operator.undoImport(id)).state).toBe('undone');
    await everythingHandled(7984);
    await waitFor(() => mails.to(memberAddress).length > before.member, {
      timeout: 60_000,
      what: 'the correction',
    });
    await outboxesEmpty();
    expect(mailsSoFar()).toEqual({ ...before, member: before.member + 1 });
  });
});
