import { Client } from 'pg';

/**
 * Asks whether a database answers, on a connection of its own that is kept between questions: those of a pool may all
 * be at work, which is no fault. A connection on which no answer came in time is given up, so that the next question
 * finds out whether a new one can be had.
 */
export class DatabaseProbe {
  private client: Client | null = null;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** @throws where no answer comes within so many milliseconds, twice that where a connection has to be made first */
  async ask(withinMs: number): Promise<void> {
    const client = this.client ?? (await this.connect(withinMs));
    this.client = null;
    try {
      await client.query({ text: 'select 1', query_timeout: withinMs } as { text: string });
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    if (this.client === null) this.client = client;
    else client.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(withinMs: number): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      connectionTimeoutMillis: withinMs,
      keepAlive: true,
    });
    client.on('error', () => {
      if (this.client === client) this.client = null;
    });
    await client.connect();
    return client;
  }
}
