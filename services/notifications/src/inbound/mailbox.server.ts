import { localMailbox } from '@followthrough/mail';
import { CONFIG, LOGGER, type Logger, type RuntimeConfig } from '@followthrough/service-kit';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Mailbox } from '../outbound/mailbox';

const MOST_BYTES = 5 * 1024 * 1024;

/** Takes mail over SMTP from this machine only and keeps it in the local mailbox. */
@Injectable()
export class MailboxServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: SMTPServer | null = null;
  private url: string | null = null;

  constructor(
    private readonly mailbox: Mailbox,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'profile'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.profile !== 'embedded') return;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MOST_BYTES,
      onData: (stream, session, done) => {
        this.keep(stream, session).then(
          () => done(),
          (error: Error) => {
            this.log.error({ err: error }, 'The local mailbox could not keep a mail.');
            done(Object.assign(new Error('4.3.0 not kept, try again'), { responseCode: 451 }));
          },
        );
      },
    });
    server.on('error', (error) =>
      this.log.debug({ err: error }, 'A mail client of the local mailbox went away.'),
    );
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    this.server = server;
    this.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    localMailbox.announce(this.url);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.url) localMailbox.withdraw(this.url);
    const server = this.server;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  private async keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw new Error('A mail larger than 5 MB.');
    await this.mailbox.store(
      Buffer.concat(chunks),
      session.envelope.rcptTo.map(({ address }) => address),
    );
  }
}
