import { Client, type QueryArrayResult } from 'pg';
import { OUTBOX_COLUMNS, type OutboxRow } from '../envelope';

const READ = {
  name: 'outbox-read',
  text: `select ${OUTBOX_COLUMNS} from outbox where slot = any($1) order by sequence limit $2`,
};
const FORGET = { name: 'outbox-forget', text: 'delete from outbox where sequence = any($1)' };

/**
 * The outbox as its relay sees it, on a connection of its own whose commits do not wait for the disk: a deletion
 * that a crash undoes only sends its rows twice.
 */
export class Outbox {
  private client: Client | null = null;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** The oldest rows of the slots, in the order in which they were written. */
  async read(slots: readonly number[], limit: number): Promise<OutboxRow[]> {
    const client = await this.connected();
    const { rows }: QueryArrayResult<OutboxRow> = await client.query({
      ...READ,
      values: [slots, limit],
      rowMode: 'array',
    });
    return rows;
  }

  async forget(rows: readonly OutboxRow[]): Promise<void> {
    const client = await this.connected();
    await client.query({ ...FORGET, values: [rows.map(([sequence]) => sequence)] });
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connected(): Promise<Client> {
    if (this.client) return this.client;
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      options: '-c synchronous_commit=off',
      keepAlive: true,
    });
    const lost = (): void => {
      if (this.client === client) this.client = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    return (this.client = client);
  }
}
