import { waitFor } from '@followthrough/testing';
import type { ParsedMail } from 'mailparser';
import type { Api } from './api';
import { BrowserSession } from './browser-session';
import type { MailServer } from './mail-server';

/** What the link of a mail that asks for confirmation proves; null where it is another mail. */
export function confirmationToken(mail: ParsedMail): string | null {
  return /follow\/confirm[?#](?:token=)?([\w.~-]+)/.exec(mail.text ?? '')?.[1] ?? null;
}

/** Follows by e-mail without an account: asks, then opens the link of the mail that comes. */
export async function followByMail(
  api: Api,
  mails: MailServer,
  email: string,
  filter: object,
): Promise<void> {
  const asked = await api.post('/api/notifications/v1/follow', { email, filter, locale: 'en' });
  if (asked.status !== 202) throw new Error(`Not asked: ${JSON.stringify(asked.body)}`);
  const { mail } = await waitFor(() => mails.to(email)[0], { timeout: 30_000, what: `the mail to ${email}` });
  const token = confirmationToken(mail)!;
  const confirmed = await api.post('/api/notifications/v1/follow/confirm', { token });
  if (confirmed.status !== 200) throw new Error(`Not confirmed: ${JSON.stringify(confirmed.body)}`);
}

export interface Invited {
  email: string;
  organisationClass: string;
  roles: string[];
  states: string[];
}

/** Invites into an organisation of their own; gives the link of the mail that comes. */
export async function invite(operator: Api, mails: MailServer, member: Invited): Promise<URL> {
  const made = await operator.post('/api/portal/v1/organisations', {
    name: `Organisation of ${member.email}`,
    class: member.organisationClass,
    states: member.states,
  });
  if (made.status !== 201) throw new Error(`No organisation: ${JSON.stringify(made.body)}`);
  const invited = await operator.post('/api/portal/v1/invitations', {
    invitations: [
      { email: member.email, organisationId: made.body.id, roles: member.roles, states: member.states },
    ],
  });
  if (invited.status !== 201) throw new Error(`Not invited: ${JSON.stringify(invited.body)}`);
  const { mail } = await waitFor(() => mails.to(member.email)[0], {
    timeout: 30_000,
    what: `the invitation to ${member.email}`,
  });
  return new URL(/http\S+\/invitation\?token=[\w.~-]+/.exec(mail.text ?? '')![0]);
}

/** Is invited, joins through the link of the mail, and lets the portal vouch for the address. */
export async function joinAsMember(
  operator: Api,
  mails: MailServer,
  member: Invited,
): Promise<BrowserSession> {
  const link = await invite(operator, mails, member);
  const browser = new BrowserSession(operator.url);
  const password = 'tulip bridge copper lantern 41';
  const joined = await browser.submit('/invitation', {
    token: link.searchParams.get('token')!,
    name: 'A. Member',
    password,
    passwordAgain: password,
    timeZone: 'Europe/Ljubljana',
  });
  if (joined.status !== 200) throw new Error(`Did not join: ${joined.status} ${await joined.text()}`);
  const proof = await browser.json('POST', '/api/portal/v1/session/address-attestation');
  await waitFor(() => browser.json('PUT', '/api/notifications/v1/me', proof), {
    timeout: 30_000,
    what: 'notifications to know the member',
  });
  return browser;
}
