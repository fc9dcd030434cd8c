import { Client } from 'pg';

/** Who else is there, and which of the parts could be had. */
const LOCK_MEMBERSHIP = `select pg_try_advisory_lock_shared(hashtext($1), -1)`;
const COUNT_MEMBERS = `
  select count(*)::int as members from pg_locks
  where locktype = 'advisory' and objsubid = 2 and granted and mode = 'ShareLock'
    and database = (select oid from pg_database where datname = current_database())
    and classid = (hashtext($1)::bigint & 4294967295)::oid and objid = 4294967295::oid`;
const TRY_LOCKS = `
  select part from unnest($2::int[]) as part where pg_try_advisory_lock(hashtext($1), part)`;
const UNLOCK = `select pg_advisory_unlock(hashtext($1), part) from unnest($2::int[]) as part`;

export interface Claim {
  /** Parts to release as soon as nothing of them is in hand. */
  surplus: number[];
  /** False where fewer were to be had than this process should hold, so that it is worth asking again soon. */
  settled: boolean;
}

/**
 * Divides numbered parts (outbox slots, partitions) among the processes that want them: each part is held by
 * one process at a time, each process holds about as many as the others. A part is a session's advisory lock, so
 * those of a process that dies are free at once, without a clock.
 */
export class Shares {
  private readonly holdings = new Map<string, Set<number>>();
  private client: Client | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Parts of `name` that this process holds. */
  held(name: string): ReadonlySet<number> {
    return this.holdings.get(name) ?? new Set();
  }

  /** Takes free parts up to a fair share, or says which to give back because others have come. */
  claim(name: string, parts: readonly number[]): Promise<Claim> {
    return this.inTurn(() => this.take(name, parts));
  }

  release(name: string, parts: readonly number[]): Promise<void> {
    return this.inTurn(async () => {
      const holding = this.holdings.get(name);
      const mine = parts.filter((part) => holding?.delete(part));
      if (mine.length > 0) await this.client?.query(UNLOCK, [name, mine]);
    });
  }

  /** Gives everything of `name` back and no longer counts as a member. */
  leave(name: string): Promise<void> {
    return this.inTurn(async () => {
      const holding = this.holdings.get(name);
      if (!holding || !this.client) return;
      this.holdings.delete(name);
      await this.client.query(UNLOCK, [name, [...holding]]);
      await this.client?.query('select pg_advisory_unlock_shared(hashtext($1), -1)', [name]);
    });
  }

  async close(): Promise<void> {
    const client = this.client;
    this.lose();
    await client?.end().catch(() => undefined);
  }

  /** A connection answers one question at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async take(name: string, parts: readonly number[]): Promise<Claim> {
    const client = await this.connected();
    const holding = await this.holdingOf(client, name);
    const { rows } = await client.query<{ members: number }>(COUNT_MEMBERS, [name]);
    const fair = Math.ceil(parts.length / Math.max(1, rows[0]!.members));
    const mine = parts.filter((part) => holding.has(part));
    if (mine.length > fair) return { surplus: mine.slice(fair), settled: true };
    const wanted = parts.filter((part) => !holding.has(part));
    let missing = fair - mine.length;
    for (const part of wanted) {
      if (missing === 0) break;
      const taken = await client.query<{ part: number }>(TRY_LOCKS, [name, [part]]);
      if (taken.rows.length === 0) continue;
      holding.add(part);
      missing -= 1;
    }
    return { surplus: [], settled: missing === 0 };
  }

  private async holdingOf(client: Client, name: string): Promise<Set<number>> {
    const known = this.holdings.get(name);
    if (known) return known;
    await client.query(LOCK_MEMBERSHIP, [name]);
    const fresh = new Set<number>();
    this.holdings.set(name, fresh);
    return fresh;
  }

  private async connected(): Promise<Client> {
    if (this.client) return this.client;
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      keepAlive: true,
    });
    // A broken connection holds no lock: from here on this process holds nothing.
    const lost = (): void => {
      if (this.client === client) this.lose();
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    return (this.client = client);
  }

  private lose(): void {
    this.client = null;
    this.holdings.clear();
  }
}
