import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '../outbound/directory/accounts';
import { SetupLinks } from '../outbound/directory/setup-link';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { KeepServiceAccount } from '../usecases/keep-service-account';

/**
 * The one-time link that makes the administrator, new at each start; null once there is one. It is for the eyes
 * of whoever started the platform.
 */
export async function setupLink(app: INestApplicationContext): Promise<string | null> {
  if (await app.get(Accounts).anyAdministrator()) return null;
  return app.get(PortalAddresses).page('/setup', { token: await app.get(SetupLinks).renew() });
}

/**
 * The file with the secret by which `ft` on this machine acts as its operator, readable by its owner only; null
 * where an administrator has revoked that account.
 */
export async function operatorTokenFile(app: INestApplicationContext): Promise<string | null> {
  const { dataDir } = app.get<RuntimeConfig>(CONFIG);
  const file = join(dataDir, 'operator-token');
  const known = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  const secret = await app.get(KeepServiceAccount).operator(known);
  if (secret === null) {
    await rm(file, { force: true });
    return null;
  }
  if (secret !== known) {
    await mkdir(dataDir, { recursive: true });
    // A file that is there keeps its mode when it is written to, so it is made anew.
    await rm(file, { force: true });
    await writeFile(file, `${secret}\n`, { mode: 0o600 });
  }
  return file;
}
