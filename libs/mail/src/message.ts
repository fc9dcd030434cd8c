import type { SendMailOptions } from 'nodemailer';
import { mailAddress } from './address';
import { headerUrl, headerValue, UnsafeHeader } from './header';

/** One message to one recipient. Text and HTML come from the same document, see `renderMail`. */
export interface OutgoingMail {
  /** Makes the Message-ID: the same id always gives the same Message-ID, so a resend is recognised. */
  id: string;
  /** A plain address; anything `mailAddress` does not read is refused. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** BCP 47 language of the message. */
  language: string;
  /** Only for mail that one subscribes to (RFC 2919, RFC 8058). */
  list?: { id: string; name: string; unsubscribeUrl: string };
}

export interface Sender {
  name: string;
  address: string;
}

/** Reads `a@b` or `Name <a@b>`; null if it is neither. */
export function senderOf(value: string): Sender | null {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>\s]+))\s*$/.exec(value);
  const address = mailAddress(match?.[2] ?? match?.[3] ?? '');
  return address === null ? null : { name: match?.[1]?.trim() || 'Followthrough', address };
}

/**
 * The message as the mail library takes it. Addresses are objects, every header-bound value has been
 * checked, and the library is told never to open a file or URL.
 * @throws UnsafeHeader where a value could add or change a header
 */
export function compose(mail: OutgoingMail, sender: Sender, domain: string): SendMailOptions {
  const to = mailAddress(mail.to);
  if (to === null || to !== mail.to) throw new UnsafeHeader('to');
  if (!/^[A-Za-z0-9._-]{1,120}$/.test(mail.id)) throw new UnsafeHeader('message-id');
  if (!/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(mail.language))
    throw new UnsafeHeader('content-language');
  return {
    from: { name: headerValue('from', sender.name), address: sender.address },
    to: { name: '', address: to },
    envelope: { from: sender.address, to: [to] },
    messageId: `<${mail.id}@${domain}>`,
    subject: headerValue('subject', mail.subject),
    text: mail.text,
    html: mail.html,
    headers: {
      // RFC 3834 §5; the second stops Exchange from answering with out-of-office notes.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
      ...(mail.list ? listHeaders(mail.list) : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function listHeaders(
  list: NonNullable<OutgoingMail['list']>,
): Record<string, { prepared: true; value: string }> {
  if (!/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(list.id)) throw new UnsafeHeader('list-id');
  const name = headerValue('list-id', list.name);
  if (!/^[ -~]*$/.test(name) || /["\\<>]/.test(name)) throw new UnsafeHeader('list-id');
  const prepared = (value: string): { prepared: true; value: string } => ({ prepared: true, value });
  return {
    'List-Id': prepared(`"${name}" <${list.id}>`),
    'List-Unsubscribe': prepared(headerUrl('list-unsubscribe', list.unsubscribeUrl)),
    'List-Unsubscribe-Post': prepared('List-Unsubscribe=One-Click'),
  };
}
