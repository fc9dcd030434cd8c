import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { Mailer } from './mailer';
import type { OutgoingMail } from './message';

const aMail = (change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  id: '0190-abc',
  to: 'reader@example.org',
  subject: 'Tamaria : 3 نتائج',
  html: '<p>Hello</p>',
  text: 'Hello',
  language: 'fr',
  list: {
    id: 'followed.example.org',
    name: 'Followed recommendations',
    unsubscribeUrl: 'https://a.org/u/abc',
  },
  ...change,
});

function replyWith(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

describe('Mailer against a real SMTP server', () => {
  const open: SMTPServer[] = [];
  const received: { raw: string; parsed: ParsedMail; to: string[] }[] = [];

  async function listen(options: SMTPServerOptions): Promise<string> {
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options });
    server.on('error', () => undefined);
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  }

  const keep: SMTPServerOptions['onData'] = (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      void simpleParser(raw).then((parsed) => {
        received.push({ raw, parsed, to: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    });
  };

  const mailerFor = (smtpUrl: string | null, local: string | null = null): Mailer =>
    new Mailer({
      smtpUrl,
      from: 'Suivi <no-reply@a.org>',
      publicUrl: 'https://a.org',
      localMailbox: () => local,
    });

  afterEach(async () => {
    received.length = 0;
    await Promise.all(open.splice(0).map((server) => new Promise<void>((done) => server.close(done))));
  });

  it('delivers both parts with the headers of RFC 2919, 3834 and 8058', async () => {
    const outcome = await mailerFor(await listen({ onData: keep })).send(aMail());
    expect(outcome.kind).toBe('accepted');
    const [message] = received;
    expect(message?.to).toEqual(['reader@example.org']);
    expect(message?.parsed.messageId).toBe('<0190-abc@a.org>');
    expect(message?.parsed.subject).toBe('Tamaria : 3 نتائج');
    expect(message?.parsed.text?.trim()).toBe('Hello');
    expect(message?.parsed.html).toContain('<p>Hello</p>');
    const unfolded = '\r\n' + (message?.raw ?? '').replace(/\r\n[ \t]/g, ' ');
    expect(unfolded).toContain('\r\nList-Unsubscribe: <https://a.org/u/abc>\r\n');
    expect(unfolded).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(unfolded).toContain('\r\nList-ID: "Followed recommendations" <followed.example.org>\r\n');
    expect(unfolded).toContain('\r\nAuto-Submitted: auto-generated\r\n');
    expect(unfolded).toContain('\r\nX-Auto-Response-Suppress: All\r\n');
  });

  it.each([
    ['RCPT', 550, '5.1.1 no such mailbox', 'permanent', 'address'],
    ['RCPT', 452, '4.2.2 mailbox full', 'transient', 'server'],
    ['RCPT', 550, '5.7.1 relaying denied', 'transient', 'server'],
    ['DATA', 451, '4.3.0 try later', 'transient', 'server'],
    ['DATA', 554, '5.6.0 content refused', 'permanent', 'message'],
    ['MAIL', 421, '4.3.2 closing', 'transient', 'server'],
  ])('%s answered with %i %s is %s, for the %s', async (stage, code, text, kind, scope) => {
    const url = await listen({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => done(stage === 'DATA' ? replyWith(code, text) : null));
      },
      onRcptTo: (_address, _session, done) => done(stage === 'RCPT' ? replyWith(code, text) : null),
      onMailFrom: (_address, _session, done) => done(stage === 'MAIL' ? replyWith(code, text) : null),
    });
    expect(await mailerFor(url).send(aMail())).toMatchObject({ kind, scope, code: text.split(' ')[0] });
  });

  it('is ambiguous where the server took the whole message and hung up', async () => {
    const url = await listen({
      onData: (stream, session) => {
        stream.resume();
        stream.on('end', () => {
          for (const server of open)
            for (const client of server.connections) {
              if (client.session.id === session.id) client._socket.destroy();
            }
        });
      },
    });
    expect(await mailerFor(url).send(aMail())).toMatchObject({ kind: 'ambiguous' });
  });

  it('has a sender of its own where neither the operator nor the host gives one', () => {
    const options = { smtpUrl: null, publicUrl: 'http://localhost:4000', localMailbox: () => null };
    const { sender } = new Mailer({ ...options, from: 'Followthrough <no-reply@localhost>' });
    expect(sender.address).toBe('no-reply@followthrough.localhost');
    expect(() => new Mailer({ ...options, from: 'somebody' })).toThrow('SMTP_FROM must be an address');
  });

  it('is transient where nobody listens', async () => {
    expect(await mailerFor('smtp://127.0.0.1:1').send(aMail())).toMatchObject({ kind: 'transient' });
    expect(await mailerFor(null).send(aMail())).toMatchObject({ kind: 'transient', code: 'NO-SERVER' });
  });

  it('sends demo accounts to the local mailbox, never to the relay', async () => {
    const local = await listen({ onData: keep });
    const outcome = await mailerFor('smtp://127.0.0.1:1', local).send(aMail({ to: 'nhri@demo.invalid' }));
    expect(outcome.kind).toBe('accepted');
    expect(received[0]?.to).toEqual(['nhri@demo.invalid']);
  });

  it('never sends what could change a header', async () => {
    const mailer = mailerFor(await listen({ onData: keep }));
    const changes: Partial<OutgoingMail>[] = [
      { to: 'a@b.org\r\nBcc: x@y.org' },
      { to: 'a@b.org, x@y.org' },
      { to: '"x@y.org"@b.org' },
      { subject: 'a\r\nBcc: x@y.org' },
      { subject: 'a\u202eb' },
      { id: 'a>\r\nX: y' },
      { language: 'en\r\nX: y' },
      { list: { id: 'a.b', name: 'x\r\nX: y', unsubscribeUrl: 'https://a.org' } },
      { list: { id: 'a.b>', name: 'x', unsubscribeUrl: 'https://a.org' } },
      { list: { id: 'a.b', name: 'x', unsubscribeUrl: 'https://a.org/\r\nX: y' } },
    ];
    for (const change of changes) {
      expect(await mailer.send(aMail(change))).toMatchObject({ kind: 'permanent', code: 'UNSAFE' });
    }
    expect(received).toHaveLength(0);
  });
});
