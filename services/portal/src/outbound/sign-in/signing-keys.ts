import { Database, lockInTransaction, type Transaction } from '@followthrough/database';
import { Clock, LOGGER, type Logger } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import { Secrets } from '../secrets';

const HOUR = 3600_000;
/** A key signs for thirty days. */
const SIGNS = 30 * 24 * HOUR;
/** How long before it signs, and after, a key is published: longer than any verifier keeps a key set. */
const PUBLISHED_AROUND = 2 * HOUR;
/** How old the set in memory may be, where another process may have made a key. */
const FRESH = 60_000;

interface HeldKey {
  id: string;
  publicJwk: JWK;
  privateJwk: JWK;
  privateKey: CryptoKey;
  signsFrom: number;
  signsUntil: number;
}

/** The keys that sign access tokens: rows, so that all processes share them and a restart keeps them. */
@Injectable()
export class SigningKeys {
  private held: HeldKey[] = [];
  private readAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** The key that signs now. */
  async current(): Promise<{ id: string; key: CryptoKey; privateJwk: JWK }> {
    await this.refresh();
    const now = this.clock.now().getTime();
    const key =
      this.held.find((one) => one.signsFrom <= now && now < one.signsUntil) ?? (await this.rotated());
    return { id: key.id, key: key.privateKey, privateJwk: key.privateJwk };
  }

  /** Public halves of all keys whose tokens may still be about (RFC 7517). */
  async published(): Promise<JSONWebKeySet> {
    await this.refresh();
    return { keys: this.held.map((one) => one.publicJwk) };
  }

  /** Resolves the key of a token within this process. */
  readonly resolve: JWTVerifyGetKey = async (header, token) => {
    await this.refresh();
    if (!this.held.some((one) => one.id === header.kid)) await this.read();
    return createLocalJWKSet({ keys: this.held.map((one) => one.publicJwk) })(header, token);
  };

  /** Makes the first key, or the next one in time, and drops those that nobody needs any more. */
  async rotate(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockInTransaction(tx, 'portal signing keys');
      const now = this.clock.now().getTime();
      await tx.query('delete from directory.signing_key where published_until < $1', [new Date(now)]);
      const rows = await tx.query(
        'select private_sealed, signs_until from directory.signing_key order by signs_until desc',
      );
      const last = rows.find((row: { private_sealed: Buffer }) =>
        this.secrets.open('signing key', row.private_sealed),
      );
      const lastSigns = last ? (last.signs_until as Date).getTime() : -Infinity;
      if (lastSigns > now + PUBLISHED_AROUND) return;
      await this.make(tx, Math.max(now, lastSigns));
    });
    await this.read();
  }

  private async make(tx: Transaction, signsFrom: number): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const id = await calculateJwkThumbprint(publicJwk);
    const marks = { kid: id, alg: 'ES256', use: 'sig' };
    const signsUntil = signsFrom + SIGNS;
    await tx.query(
      `insert into directory.signing_key (id, public_jwk, private_sealed, created_at, signs_from, signs_until, published_until)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        JSON.stringify({ ...publicJwk, ...marks }),
        this.secrets.seal('signing key', JSON.stringify({ ...(await exportJWK(privateKey)), ...marks })),
        this.clock.now(),
        new Date(signsFrom),
        new Date(signsUntil),
        new Date(signsUntil + PUBLISHED_AROUND),
      ],
    );
  }

  private async rotated(): Promise<HeldKey> {
    await this.rotate();
    const now = this.clock.now().getTime();
    // The first key may have been made a moment from now by the clock of another process.
    const key = this.held.find((one) => now < one.signsUntil);
    if (!key) throw new Error('No signing key could be made: is the clock of this machine right?');
    return key;
  }

  private async refresh(): Promise<void> {
    if (this.clock.now().getTime() - this.readAt > FRESH) await this.read();
  }

  private async read(): Promise<void> {
    const rows = await this.database.query(
      'select id, public_jwk, private_sealed, signs_from, signs_until from directory.signing_key order by signs_from',
    );
    const held = await Promise.all(rows.map((row) => this.unseal(row)));
    this.held = held.filter((key) => key !== null);
    this.readAt = this.clock.now().getTime();
  }

  /** A key sealed under another instance secret (a restored backup) can neither sign nor be trusted. */
  private async unseal(row: any): Promise<HeldKey | null> {
    const opened = this.secrets.open('signing key', row.private_sealed);
    if (opened === null) {
      this.log.warn({ key: row.id }, 'A signing key belongs to another instance secret and is left unused');
      return null;
    }
    const privateJwk = JSON.parse(opened) as JWK;
    return {
      id: row.id,
      publicJwk: row.public_jwk,
      privateJwk,
      privateKey: (await importJWK(privateJwk, 'ES256')) as CryptoKey,
      signsFrom: row.signs_from.getTime(),
      signsUntil: row.signs_until.getTime(),
    };
  }
}
