import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server in this process that keeps what it is given. */
export class MailServerUnderTest {
  readonly received: { to: string; mail: ParsedMail }[] = [];

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailServerUnderTest> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData: (stream, session, done) => {
        void simpleParser(stream).then((mail) => {
          for (const { address } of session.envelope.rcptTo) under.received.push({ to: address, mail });
          done();
        });
      },
    });
    const under = new MailServerUnderTest(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return under;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): ParsedMail[] {
    return this.received.filter(({ to }) => to === address).map(({ mail }) => mail);
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }
}
