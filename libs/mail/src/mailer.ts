import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import { isDemoAddress } from './address';
import { UnsafeHeader } from './header';
import { compose, senderOf, type OutgoingMail, type Sender } from './message';
import { classify, statusOf, type SmtpOutcome } from './outcome';

export interface MailerOptions {
  /** `smtp://` or `smtps://` URL of the site's relay; null where there is none. */
  smtpUrl: string | null;
  /** `a@b` or `Name <a@b>`; null gives no-reply at the host of `publicUrl`. */
  from: string | null;
  publicUrl: string;
  /** URL of the mailbox inside this installation, once it listens. */
  localMailbox: () => string | null;
}

const TIMEOUTS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
  dnsTimeout: 10_000,
};

/**
 * Hands messages to a mail server, one recipient and one connection each, and says what became of
 * them. Never throws for a message that could not be sent: that is an outcome.
 *
 * Demo accounts' addresses go to the local mailbox whatever `smtpUrl` says.
 */
export class Mailer {
  readonly sender: Sender;
  readonly domain: string;

  constructor(private readonly options: MailerOptions) {
    const host = new URL(options.publicUrl).hostname;
    const nameless = /^(?:localhost|[\d.]+|\[.*\])$/.test(host);
    this.domain = nameless ? 'followthrough.localhost' : host;
    // A default made of a nameless host is no address, and on such a host nobody outside is written to.
    const from = options.from?.includes(`@${host}`) && nameless ? null : options.from;
    const sender = senderOf(from ?? `Followthrough <no-reply@${this.domain}>`);
    if (!sender)
      throw new Error(`SMTP_FROM must be an address such as "Name <a@b.org>", not "${options.from}".`);
    this.sender = sender;
  }

  /** Where mail to this address goes: the site's relay, the local mailbox, or nowhere yet. */
  routeFor(address: string): { kind: 'relay' | 'local'; url: string | null } {
    const local = this.options.smtpUrl === null || isDemoAddress(address);
    return local
      ? { kind: 'local', url: this.options.localMailbox() }
      : { kind: 'relay', url: this.options.smtpUrl };
  }

  async send(mail: OutgoingMail): Promise<SmtpOutcome> {
    const { url } = this.routeFor(mail.to);
    if (url === null) {
      return {
        kind: 'transient',
        code: 'NO-SERVER',
        reason: 'No mail server is reachable yet.',
        scope: 'server',
      };
    }
    let wholeMessageSent = false;
    const transport = createTransport({
      ...connectionOf(url),
      ...TIMEOUTS,
      logger: messageEndListener(() => (wholeMessageSent = true)),
    });
    try {
      const sent = await transport.sendMail(compose(mail, this.sender, this.domain));
      return {
        kind: 'accepted',
        code: statusOf(sent.response) || '250',
        response: sent.response.slice(0, 500),
      };
    } catch (error) {
      if (error instanceof UnsafeHeader) {
        const scope = error.field === 'to' ? 'address' : 'message';
        return { kind: 'permanent', code: 'UNSAFE', reason: error.message, scope };
      }
      return classify(error as Error, wholeMessageSent);
    } finally {
      transport.close();
    }
  }
}

function connectionOf(url: string): SMTPTransportOptions {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const loopback = host === '127.0.0.1' || host === '::1' || host === 'localhost';
  return {
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    // A server on this machine may offer STARTTLS with a certificate of its own making.
    ignoreTLS: loopback && searchParams.get('requireTLS') !== 'true',
    requireTLS: searchParams.get('requireTLS') === 'true',
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
  };
}

/** The SMTP client reports the last byte of a message only to its log; nothing else is read from it. */
function messageEndListener(onEnd: () => void): Record<string, (...entry: unknown[]) => void> {
  const silent = (): void => undefined;
  const info = (entry: unknown): void => {
    const { tnx, outByteCount } = (entry ?? {}) as { tnx?: string; outByteCount?: number };
    if (tnx === 'message' && outByteCount !== undefined) onEnd();
  };
  return { trace: silent, debug: silent, info, warn: silent, error: silent, fatal: silent };
}
