import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** The password of one of our roles: derived, so that it is stored nowhere. */
export function rolePassword(instanceSecret: Buffer, role: string): string {
  return createHmac('sha256', instanceSecret).update(`postgresql role ${role}`).digest('base64url');
}

/**
 * What PostgreSQL stores for a password (RFC 5803). `CREATE ROLE … PASSWORD` takes it as it stands, so a statement
 * that an administrator is asked to run can be printed without giving the password away.
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const sign = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`;
}

/** The same server (and its TLS parameters) for another role and database. */
export function urlFor(adminUrl: string, role: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'followthrough start',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle must not end the process; the next statement reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
