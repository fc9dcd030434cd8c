import {
  hasEmbeddedData,
  localeStanding,
  openExisting,
  readOnly,
  schemaStanding,
  type ExistingServer,
  type SchemaStanding,
} from '@followthrough/database';
import { backlogOf, eventLogMigrations, type Backlog } from '@followthrough/messaging';
import type { PlatformConfig } from '@followthrough/service-kit';
import { keptSecret } from '../instance-secret';
import { services } from '../services';
import { findingOf, type Finding } from './finding';

/** What the databases are found to be, and how large they are together. */
export interface DatabaseFindings {
  findings: Finding[];
  bytes: number;
}

interface Wanted {
  name: string;
  migrations: string[];
}

/** The server and the database of each service, as they are: nothing in them is changed. */
export async function databaseFindings(config: PlatformConfig): Promise<DatabaseFindings> {
  const secret = keptSecret(config);
  if (!secret) return { findings: [withoutSecret(config)], bytes: 0 };
  const { databaseUrl, dataDir } = config;
  let server: ExistingServer | null;
  try {
    server = await openExisting({ databaseUrl, dataDir, instanceSecret: secret });
  } catch (error) {
    return { findings: [findingOf('PostgreSQL', error)], bytes: 0 };
  }
  if (!server)
    return { findings: [{ about: 'PostgreSQL', level: 'good', sentence: nothingIn(dataDir) }], bytes: 0 };
  try {
    const { version, there } = await readOnly(server.adminUrl, async (client) => {
      const { rows } = await client.query<{ version: string; there: string[] }>(
        `SELECT current_setting('server_version') AS version,
                ARRAY(SELECT datname::text FROM pg_database WHERE datname LIKE 'ft\\_%') AS there`,
      );
      return rows[0]!;
    });
    const findings: Finding[] = [
      { about: 'PostgreSQL', level: 'good', sentence: `PostgreSQL ${version} (${server.kind}) will do.` },
    ];
    let bytes = 0;
    for (const { name, migrations } of wantedDatabases(config)) {
      const found = there.includes(name)
        ? await databaseFinding(name, server.urlOf(name), migrations)
        : { finding: missing(name, there.length), bytes: 0 };
      findings.push(found.finding);
      bytes += found.bytes;
    }
    return { findings, bytes };
  } catch (error) {
    return { findings: [findingOf('PostgreSQL', error)], bytes: 0 };
  } finally {
    await server.stop();
  }
}

function wantedDatabases(config: PlatformConfig): Wanted[] {
  const own = services.map(({ name, migrations }) => ({ name: `ft_${name}`, migrations }));
  return config.kafka ? own : [{ name: 'ft_log', migrations: [eventLogMigrations] }, ...own];
}

async function databaseFinding(
  name: string,
  url: string,
  migrations: string[],
): Promise<{ finding: Finding; bytes: number }> {
  try {
    return await readOnly(url, async (client) => {
      const schema = await schemaStanding(client, migrations);
      const locale = await localeStanding(client);
      const { rows } = await client.query<{ bytes: string; events: boolean }>(
        `SELECT pg_database_size(current_database())::text AS bytes, to_regclass('parked_event') IS NOT NULL AS events`,
      );
      const backlog = rows[0]!.events ? await backlogOf(client) : null;
      const hindrance = locale.refusal ?? schemaRefusal(name, schema);
      const advice = [
        ...(locale.sortsAnew ? [sortsAnew(name)] : []),
        ...(backlog && backlog.parked > 0 ? [parked(backlog.parked)] : []),
      ];
      const finding: Finding = hindrance
        ? { about: name, level: 'hinders', sentence: hindrance }
        : advice.length > 0
          ? { about: name, level: 'note', sentence: advice.join(' ') }
          : { about: name, level: 'good', sentence: good(schema, locale.provider, backlog) };
      return { finding, bytes: Number(rows[0]!.bytes) };
    });
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      const sentence = `Its role does not sign in with the password that follows from INSTANCE_SECRET: set back the secret that this installation was made with.`;
      return { finding: { about: name, level: 'hinders', sentence }, bytes: 0 };
    }
    return { finding: findingOf(name, error), bytes: 0 };
  }
}

function schemaRefusal(name: string, { unknown, changed }: SchemaStanding): string | null {
  if (unknown.length > 0) {
    return `A later release has been here (${unknown.join(', ')}): start that one or a later one, or restore the backup from before into an empty installation.`;
  }
  if (changed.length === 0) return null;
  return `The start would refuse ${changed.join(', ')}, which ran in ${name} with another text: take the release as it was published.`;
}

function good({ pending }: SchemaStanding, provider: string, backlog: Backlog | null): string {
  const schema =
    pending.length === 0
      ? 'Its schema is current'
      : `The start brings its schema up to date (${pending.join(', ')})`;
  const waiting = backlog
    ? `; ${backlog.outbox} events to send and ${backlog.deferred} to try again, which the start goes on with`
    : '';
  return `${schema}, its locale is ${provider}${waiting}.`;
}

const parked = (events: number): string =>
  `Parked events wait for a person, also after the upgrade (${events}): see to them with ft events parked.`;

const sortsAnew = (name: string): string =>
  `The system sorts by other rules than when the indexes were made: REINDEX DATABASE ${name}; ALTER DATABASE ${name} REFRESH COLLATION VERSION;`;

const missing = (about: string, others: number): Finding =>
  others === 0
    ? { about, level: 'good', sentence: 'It is not there yet: the first start makes it.' }
    : {
        about,
        level: 'note',
        sentence:
          'It is not there, though others are: see that DATABASE_URL is right; the start would make it.',
      };

const nothingIn = (dataDir: string): string =>
  `There is no data in ${dataDir} yet: the first start makes it.`;

function withoutSecret({ databaseUrl, dataDir }: PlatformConfig): Finding {
  if (databaseUrl === null && !hasEmbeddedData(dataDir)) {
    return { about: 'PostgreSQL', level: 'good', sentence: nothingIn(dataDir) };
  }
  const sentence = `No INSTANCE_SECRET is set and no file instance-secret is in ${dataDir}, and without the one that the installation was made with nothing can be seen: set it, or put the file back; a new installation makes one at its first start.`;
  return { about: 'PostgreSQL', level: 'unknown', sentence };
}
