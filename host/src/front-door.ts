import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, tellStopping, type PlatformConfig } from '@followthrough/service-kit';
import type { RequestHandler, Response } from 'express';
import express from 'express';

/** The one address of the platform. It is taken first, so that a busy port is told before anything is started. */
export class FrontDoor {
  private handler: RequestHandler | null = null;
  private readonly inHand = new Set<Response>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @throws ConfigError when the port is taken or may not be used */
  static async take(config: PlatformConfig): Promise<FrontDoor> {
    const app = express();
    app.disable('x-powered-by');
    const server = createServer(app);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, config)));
      server.listen(config.port, config.host, resolve);
    });
    const door = new FrontDoor(server, (server.address() as AddressInfo).port);
    app.use((request, response, next) => {
      if (door.handler) {
        door.inHand.add(response.once('close', () => door.inHand.delete(response)));
        return door.handler(request, response, next);
      }
      response.status(503).set('retry-after', '1').type('text/plain').send('Followthrough is starting.\n');
    });
    return door;
  }

  open(handler: RequestHandler): void {
    this.handler = handler;
  }

  /** Ends what only waits, lets requests in hand finish for a moment, then closes what is left. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const response of this.inHand) tellStopping(response);
    this.server.closeIdleConnections();
    const impatience = setTimeout(() => this.server.closeAllConnections(), 1_000);
    await closed;
    clearTimeout(impatience);
  }
}

function explained(error: NodeJS.ErrnoException, { host, port }: PlatformConfig): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(
      `Port ${port} is in use by another program: stop it, or choose another port with PORT=${port + 1}.`,
    );
  }
  if (error.code === 'EACCES') {
    return new ConfigError(
      `Port ${port} may not be used by this user: choose one above 1023 with PORT=4000.`,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigError(
      `HOST is "${host}", which is no address of this machine: use 127.0.0.1 or one of its own.`,
    );
  }
  return error;
}
