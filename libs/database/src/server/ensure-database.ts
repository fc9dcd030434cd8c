import type { Client } from 'pg';
import { DatabaseProblem, errorCode, explainDatabaseError } from '../failures';
import { quoted, rolePassword, scramVerifier, urlFor, withClient } from './roles';

/** Trigram search drops every letter that is not ASCII when LC_CTYPE is C, and a database keeps its locale for ever. */
const locale = `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' LC_CTYPE 'C.UTF-8'`;

const insufficientPrivilege = '42501';

/** @see PostgresServer.ensureDatabase */
export async function ensureDatabase(
  adminUrl: string,
  instanceSecret: Buffer,
  name: string,
): Promise<string> {
  const password = rolePassword(instanceSecret, name);
  const url = urlFor(adminUrl, name, password, name);
  if (await opens(url)) return url;
  const asked: string[] = [];
  try {
    await withClient(adminUrl, (admin) => make(admin, name, password, asked));
  } catch (error) {
    throw errorCode(error) === insufficientPrivilege ? notAllowed(adminUrl, asked, error) : error;
  }
  if (!(await opens(url))) {
    throw new DatabaseProblem(
      'refused',
      `Role ${name} cannot sign in to database ${name} with its password: allow scram-sha-256 for it in the server's pg_hba.conf.`,
    );
  }
  return url;
}

/** Whether the role reaches its database. Other failures than a missing role, password or database are thrown. */
async function opens(url: string): Promise<boolean> {
  try {
    const refusal = await withClient(url, unsuitableLocale);
    if (refusal) throw refusal;
    return true;
  } catch (error) {
    // invalid_authorization, invalid_password, database missing, no CONNECT
    if (['28000', '28P01', '3D000', insufficientPrivilege].includes(errorCode(error) ?? '')) return false;
    const sentence = explainDatabaseError(error);
    throw sentence === null ? error : new DatabaseProblem('unreachable', sentence, { cause: error });
  }
}

/** What is wrong with how the database that the client is in writes and sorts; null: nothing. */
export async function unsuitableLocale(client: Client): Promise<DatabaseProblem | null> {
  const { rows } = await client.query<{ encoding: string; ctype: string }>(
    'SELECT pg_encoding_to_char(encoding) AS encoding, datctype AS ctype FROM pg_database WHERE datname = current_database()',
  );
  const { encoding, ctype } = rows[0]!;
  if (encoding === 'UTF8' && ctype !== 'C' && ctype !== 'POSIX') return null;
  return new DatabaseProblem(
    'unsuitable',
    `Database ${client.database} has encoding ${encoding} and LC_CTYPE ${ctype}, in which names that are not ASCII cannot be searched: make it anew with CREATE DATABASE ${client.database} OWNER ${client.database} TEMPLATE template0 ${locale};`,
  );
}

/** Runs what is missing; `asked` collects it all, so that someone else can run it if we may not. */
async function make(admin: Client, name: string, password: string, asked: string[]): Promise<void> {
  const role = quoted(name);
  // Replicas that start together on a new server would make the same role. Let go when the connection ends.
  await admin.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [`followthrough database ${name}`]);
  const there = await admin.query<{ role: boolean; database: boolean; superuser: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
            EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database,
            (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser`,
    [name],
  );
  const { role: hasRole, database: hasDatabase, superuser } = there.rows[0]!;
  asked.push(`${hasRole ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD '${scramVerifier(password)}';`);
  if (!hasDatabase) asked.push(`CREATE DATABASE ${role} OWNER ${role} TEMPLATE template0 ${locale};`);
  asked.push(`REVOKE CONNECT, TEMPORARY ON DATABASE ${role} FROM PUBLIC;`);
  for (const statement of asked) {
    // Only a member may make a database in another role's name; a role with CREATEROLE may make itself one.
    if (!superuser && statement.startsWith('CREATE DATABASE')) {
      await admin.query(`GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
    }
    await admin.query(statement);
  }
}

function notAllowed(adminUrl: string, asked: string[], cause: unknown): DatabaseProblem {
  return new DatabaseProblem(
    'not-allowed',
    `The role ${decodeURIComponent(new URL(adminUrl).username)} of DATABASE_URL may not make what is missing: give it CREATEROLE and CREATEDB, or let an administrator run:\n${asked.join('\n')}`,
    { cause },
  );
}
