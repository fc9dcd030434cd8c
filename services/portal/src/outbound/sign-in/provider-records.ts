import { Database } from '@followthrough/database';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { sha256, type Secrets } from '../secrets';

/**
 * Where the built-in OpenID provider keeps sessions, interactions, codes and tokens: one table for all its
 * models. Ids are bearer secrets, so they are stored as hashes; what belongs to them is sealed.
 */
export class ProviderRecords implements Adapter {
  constructor(
    private readonly model: string,
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    await this.database.query(
      `insert into directory.provider_record (id_sha256, content_sealed, grant_sha256, uid_sha256, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(secs => $5))
       on conflict (id_sha256) do update set content_sealed = excluded.content_sealed,
         grant_sha256 = excluded.grant_sha256, uid_sha256 = excluded.uid_sha256, expires_at = excluded.expires_at`,
      [
        this.hash('id', id),
        this.secrets.seal('provider record', JSON.stringify(payload)),
        // A grant's own row must not be found as one of the things granted.
        payload.grantId && this.model !== 'Grant' ? sha256(`grant ${payload.grantId}`) : null,
        payload.uid ? this.hash('uid', payload.uid) : null,
        expiresIn,
      ],
    );
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.read('id_sha256 = $1', this.hash('id', id));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.read('uid_sha256 = $1', this.hash('uid', uid));
  }

  /** The device flow is off, so nothing has a user code. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async consume(id: string): Promise<void> {
    await this.database.query(
      'update directory.provider_record set consumed_at = now() where id_sha256 = $1',
      [this.hash('id', id)],
    );
  }

  async destroy(id: string): Promise<void> {
    await this.database.query('delete from directory.provider_record where id_sha256 = $1', [
      this.hash('id', id),
    ]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.database.query('delete from directory.provider_record where grant_sha256 = $1', [
      sha256(`grant ${grantId}`),
    ]);
  }

  private async read(condition: string, hash: Buffer): Promise<AdapterPayload | undefined> {
    const [row] = await this.database.query(
      `select content_sealed, consumed_at from directory.provider_record where ${condition} and expires_at > now()`,
      [hash],
    );
    const content = row && this.secrets.open('provider record', row.content_sealed);
    if (!content) return undefined;
    const payload = JSON.parse(content) as AdapterPayload;
    return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1000) } : payload;
  }

  private hash(what: 'id' | 'uid', value: string): Buffer {
    return sha256(`${this.model} ${what} ${value}`);
  }
}

/** Drops what nobody can use any more. */
export async function removeExpiredProviderRecords(database: Database): Promise<void> {
  await database.query('delete from directory.provider_record where expires_at < now()');
}
