import { randomBytes } from 'node:crypto';
import { testServerUrl } from '@followthrough/testing';
import { ensureDatabase } from './ensure-database';
import { openExternal, versionRefusal } from './external';
import { scramVerifier, urlFor, withClient } from './roles';

const secret = Buffer.from('of this instance');
const suffix = randomBytes(4).toString('hex');
const name = `ft_ensured_${suffix}`;

const asSuperuser = (sql: string): Promise<any[]> =>
  withClient(testServerUrl(), async (client) => (await client.query(sql)).rows);

/** The address of a role with these rights and no others, as a site might give it. */
async function givenRole(rights: string): Promise<string> {
  const role = `site_${randomBytes(4).toString('hex')}`;
  await asSuperuser(`CREATE ROLE ${role} LOGIN PASSWORD 'given' ${rights}`);
  return urlFor(testServerUrl(), role, 'given', 'postgres');
}

const whoAndWhere = (url: string): Promise<any[]> =>
  withClient(
    url,
    async (client) => (await client.query('SELECT current_user AS who, current_database() AS place')).rows,
  );

it('makes role and database with no more than CREATEROLE and CREATEDB, and again changes nothing', async () => {
  const adminUrl = await givenRole('CREATEROLE CREATEDB');
  const server = await openExternal(adminUrl, secret);
  const url = await server.ensureDatabase(name);
  expect(await whoAndWhere(url)).toEqual([{ who: name, place: name }]);
  expect(await server.ensureDatabase(name)).toBe(url);
  await withClient(url, (client) => client.query('CREATE EXTENSION pg_trgm; CREATE TABLE mine (id int)'));
  expect(
    await asSuperuser(`SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = '${name}'`),
  ).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
});

it('is not in its own way where many processes start at once on new databases', async () => {
  const server = await openExternal(await givenRole('CREATEROLE CREATEDB'), secret);
  const together = `ft_together_${suffix}`;
  const urls = await Promise.all(Array.from({ length: 6 }, () => server.ensureDatabase(together)));
  expect(new Set(urls).size).toBe(1);
  expect(await whoAndWhere(urls[0]!)).toEqual([{ who: together, place: together }]);
});

it('asks for exactly the SQL that is missing where the given role may not, and is content once it has run', async () => {
  const server = await openExternal(await givenRole(''), secret);
  const wanted = `ft_wanted_${suffix}`;
  const refusal = await server.ensureDatabase(wanted).then(
    () => '',
    (error: Error) => error.message,
  );
  const [sentence, ...statements] = refusal.split('\n');
  expect(sentence).toMatch(/^The role site_\w+ of DATABASE_URL may not make what is missing/);
  expect(statements).toEqual([
    expect.stringMatching(
      new RegExp(`^CREATE ROLE "${wanted}" LOGIN PASSWORD 'SCRAM-SHA-256\\$4096:[^']+';$`),
    ),
    expect.stringMatching(
      new RegExp(`^CREATE DATABASE "${wanted}" OWNER "${wanted}" .*LC_CTYPE 'C.UTF-8';$`),
    ),
    `REVOKE CONNECT, TEMPORARY ON DATABASE "${wanted}" FROM PUBLIC;`,
  ]);
  for (const statement of statements) await asSuperuser(statement);
  expect(await whoAndWhere(await server.ensureDatabase(wanted))).toEqual([{ who: wanted, place: wanted }]);
});

it('refuses a database in which names cannot be searched', async () => {
  const plain = `ft_plain_${suffix}`;
  await asSuperuser(`CREATE ROLE ${plain} LOGIN PASSWORD 'x'`);
  await asSuperuser(
    `CREATE DATABASE ${plain} OWNER ${plain} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`,
  );
  await expect(ensureDatabase(testServerUrl(), secret, plain)).rejects.toThrow(
    'cannot be searched: make it anew',
  );
});

it('says in a sentence why it cannot use the server', async () => {
  const wrong = (change: (url: URL) => void): Promise<unknown> => {
    const url = new URL(testServerUrl());
    change(url);
    return openExternal(url.href, secret);
  };
  await expect(wrong((url) => (url.port = '1'))).rejects.toThrow(/^PostgreSQL at .*:1 cannot be reached \(/);
  await expect(wrong((url) => (url.password = 'wrong'))).rejects.toThrow(
    'correct user, password or database in DATABASE_URL',
  );
  await expect(wrong((url) => (url.pathname = '/none'))).rejects.toThrow(
    'correct user, password or database in DATABASE_URL',
  );
  await expect(openExternal('mysql://root@localhost/x', secret)).rejects.toThrow('write postgres://');
});

it('refuses what is older than the builtin locale provider', () => {
  expect(versionRefusal({ number: 150_020, text: '15.20' }, 'db:5432')?.message).toBe(
    'PostgreSQL at db:5432 is version 15.20, and 17 or newer is needed: upgrade it, or point DATABASE_URL at a newer one, or unset DATABASE_URL to use the built-in server.',
  );
  expect(versionRefusal({ number: 170_000, text: '17.0' }, 'db:5432')).toBeNull();
});

it('computes what PostgreSQL stores for a password', async () => {
  const role = `scram_${suffix}`;
  await asSuperuser(`CREATE ROLE ${role} LOGIN PASSWORD '${scramVerifier('pa55 wörd')}'`);
  expect(await whoAndWhere(urlFor(testServerUrl(), role, 'pa55 wörd', 'postgres'))).toHaveLength(1);
});
