import { randomBytes } from 'node:crypto';
import type { Database } from '@followthrough/database';
import { createLogger, TokenVerifier } from '@followthrough/service-kit';
import { fixedClock, testDatabase } from '@followthrough/testing';
import { portalService } from '../../index';
import { Secrets } from '../secrets';
import { AccessTokens } from './access-tokens';
import { SigningKeys } from './signing-keys';

const DAY = 24 * 3600_000;
const log = createLogger('silent');
const ISSUER = 'http://localhost:4000';

describe('signing keys', () => {
  let database: Database;
  const instanceSecret = randomBytes(32);
  const clock = fixedClock(new Date());
  const keysOf = (secret = instanceSecret) =>
    new SigningKeys(database, new Secrets({ instanceSecret: secret }), clock, log);
  const mint = (keys: SigningKeys) =>
    new AccessTokens(keys, clock, { publicUrl: ISSUER }).accessToken({ sub: 'x', knd: 'service', mem: [] });
  const ids = async (keys: SigningKeys) => (await keys.published()).keys.map(({ kid }) => kid);

  beforeAll(async () => {
    database = await testDatabase({ migrations: portalService.migrations });
  });
  beforeEach(() => database.query('delete from directory.signing_key'));
  afterAll(() => database.close());

  it('are shared by all processes and survive a restart', async () => {
    const one = keysOf();
    const token = await mint(one);
    const other = keysOf();
    expect(await new TokenVerifier(ISSUER, other.resolve).verify(token)).toMatchObject({
      id: 'x',
      kind: 'service',
    });
    expect(await ids(other)).toEqual(await ids(one));
  });

  it('are made once, though several processes start together', async () => {
    const all = [keysOf(), keysOf(), keysOf()];
    await Promise.all(all.map((keys) => keys.current()));
    expect(await database.query('select count(*)::int as count from directory.signing_key')).toEqual([
      { count: 1 },
    ]);
  });

  it('are used at once where another process, whose clock is a little ahead, made the first', async () => {
    const ahead = fixedClock(new Date(clock.now().getTime() + 50));
    const made = await new SigningKeys(database, new Secrets({ instanceSecret }), ahead, log).current();
    expect((await keysOf().current()).id).toBe(made.id);
  });

  it('follow one another without a gap: published before they sign and after', async () => {
    const keys = keysOf();
    const first = await keys.current();
    clock.advance(30 * DAY - 3600_000);
    await keys.rotate();
    expect((await keys.current()).id).toBe(first.id);
    const published = await ids(keys);
    expect(published).toHaveLength(2);
    const token = await mint(keys);
    clock.advance(3600_000);
    const second = await keys.current();
    expect(second.id).not.toBe(first.id);
    expect(published).toContain(second.id);
    expect(await ids(keys)).toContain(first.id);
    expect(token).toBeTruthy();
    clock.advance(3 * 3600_000);
    await keys.rotate();
    expect(await ids(keys)).toEqual([second.id]);
  });

  it('lie sealed: another instance secret can neither use nor trust them', async () => {
    const first = await keysOf().current();
    const [row] = await database.query('select private_sealed from directory.signing_key');
    expect((row.private_sealed as Buffer).toString('latin1')).not.toContain('"d"');
    const stranger = keysOf(randomBytes(32));
    expect((await stranger.current()).id).not.toBe(first.id);
    expect(await ids(stranger)).not.toContain(first.id);
  });
});
