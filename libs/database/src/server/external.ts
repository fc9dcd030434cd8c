import { DatabaseProblem, errorCode } from '../failures';
import { ensureDatabase } from './ensure-database';
import type { PostgresServer } from './postgres-server';
import { withClient } from './roles';

/** The builtin locale provider, which sorts and folds alike on every system, came with this version. */
const oldestVersion = 17;

/**
 * The site's own PostgreSQL.
 * @throws DatabaseProblem when it cannot be reached, refuses the sign-in, or is older than version 17
 */
export async function openExternal(databaseUrl: string, instanceSecret: Buffer): Promise<PostgresServer> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new DatabaseProblem(
      'refused',
      'DATABASE_URL is not the address of a PostgreSQL server: write postgres://user:password@host:5432/database.',
    );
  }
  const { host, username, pathname } = new URL(databaseUrl);
  const where = host || 'the local socket';
  const version = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ number: number; text: string }>(
      `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text`,
    );
    return rows[0]!;
  }).catch((error: unknown) => {
    const code = errorCode(error);
    const reason = error instanceof Error && error.message !== '' ? error.message : (code ?? 'no answer');
    if (code?.startsWith('28') || code === '3D000') {
      throw new DatabaseProblem(
        'refused',
        `PostgreSQL at ${where} does not let ${decodeURIComponent(username)} in to database ${pathname.slice(1) || decodeURIComponent(username)} (${reason}): correct user, password or database in DATABASE_URL.`,
        { cause: error },
      );
    }
    throw new DatabaseProblem(
      'unreachable',
      `PostgreSQL at ${where} cannot be reached (${reason}): start it, or correct DATABASE_URL, or unset it to use the built-in server.`,
      { cause: error },
    );
  });
  const refusal = versionRefusal(version, where);
  if (refusal) throw refusal;
  return {
    kind: 'external',
    adminUrl: databaseUrl,
    ensureDatabase: (name) => ensureDatabase(databaseUrl, instanceSecret, name),
    stop: () => Promise.resolve(),
    onUnexpectedExit: () => undefined,
  };
}

export function versionRefusal(
  { number, text }: { number: number; text: string },
  where: string,
): DatabaseProblem | null {
  if (Math.floor(number / 10_000) >= oldestVersion) return null;
  return new DatabaseProblem(
    'too-old',
    `PostgreSQL at ${where} is version ${text}, and ${oldestVersion} or newer is needed: upgrade it, or point DATABASE_URL at a newer one, or unset DATABASE_URL to use the built-in server.`,
  );
}
