import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  parsed: ParsedMail;
  /** Headers with folded lines joined. */
  head: string;
}

/** A real SMTP server in this process, told by a test how to behave. */
export class MailServerUnderTest {
  readonly received: ReceivedMail[] = [];
  /** Answers a message: a reply code to refuse with, `hang-up` to take it and say nothing, null to accept. */
  answer: (to: string) => { code: number; text: string } | 'hang-up' | null = () => null;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          void this.take(Buffer.concat(chunks), to, session.id).then((refused) => done(refused));
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<MailServerUnderTest> {
    const server = new MailServerUnderTest();
    await new Promise<void>((done) => server.server.listen(0, '127.0.0.1', done));
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): ReceivedMail[] {
    return this.received.filter(({ to }) => to.includes(address));
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(done));
  }

  private async take(raw: Buffer, to: string[], session: string): Promise<Error | null> {
    const answer = this.answer(to[0] ?? '');
    if (answer !== null && answer !== 'hang-up') {
      return Object.assign(new Error(answer.text), { responseCode: answer.code });
    }
    const text = raw.toString('utf8');
    const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
    this.received.push({ to, parsed: await simpleParser(raw), head });
    if (answer === null) return null;
    for (const client of this.server.connections) {
      if (client.session.id === session)
        (client as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
    return null;
  }
}
