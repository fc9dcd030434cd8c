import { openExistingEmbedded } from './embedded/open-existing';
import { openExternal } from './external';
import type { OpenServerOptions } from './open-server';
import type { ExistingServer } from './postgres-server';
import { rolePassword, urlFor } from './roles';

/**
 * The server of an installation as it is: nothing is made, mended or cleared away. Our own runs for the time of the
 * look where nobody runs it, under the claim on the data folder; the claim of a running instance is left alone.
 * @returns null where there is no data yet
 * @throws DatabaseProblem with a sentence that says what to do
 */
export async function openExisting(
  options: Pick<OpenServerOptions, 'databaseUrl' | 'dataDir' | 'instanceSecret'>,
): Promise<ExistingServer | null> {
  const { databaseUrl, dataDir, instanceSecret } = options;
  if (databaseUrl === null) return openExistingEmbedded(dataDir, instanceSecret);
  const { adminUrl, kind } = await openExternal(databaseUrl, instanceSecret);
  return {
    kind,
    adminUrl,
    urlOf: (name) => urlFor(adminUrl, name, rolePassword(instanceSecret, name), name),
    stop: () => Promise.resolve(),
  };
}
