import { Client, type QueryArrayResult } from 'pg';
import { OUTBOX_COLUMNS, type OutboxRow } from '../envelope';

/** Of one statement, both parts see the outbox as it was before: what goes has to be left out of what is read. */
const NEXT = {
  name: 'outbox-next',
  text: `
    with gone as (delete from outbox where sequence = any($1))
    select ${OUTBOX_COLUMNS} from outbox
    where slot = any($3) and (sequence > $2 or sequence <> all($1)) order by sequence limit $4`,
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

  /** Deletes what is `proven` to be sent; the oldest other rows of the slots, in the order of their writing. */
  async next(proven: readonly OutboxRow[], slots: readonly number[], limit: number): Promise<OutboxRow[]> {
    const client = await this.connected();
    const { rows }: QueryArrayResult<OutboxRow> = await client.query({
      ...NEXT,
      values: [proven.map(sequenceOf), proven.at(-1)?.[0] ?? 0, slots, limit],
      rowMode: 'array',
    });
    return rows;
  }

  async forget(proven: readonly OutboxRow[]): Promise<void> {
    if (proven.length === 0) return;
    const client = await this.connected();
    await client.query({ ...FORGET, values: [proven.map(sequenceOf)] });
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

const sequenceOf = ([sequence]: OutboxRow): string => sequence;
