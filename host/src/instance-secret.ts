import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfig } from '@followthrough/service-kit';

/**
 * What the passwords of database roles and the keys of encrypted addresses are derived from: INSTANCE_SECRET, else
 * 32 random bytes that the first start keeps beside the data, readable by its owner only.
 */
export function instanceSecret(config: PlatformConfig): Buffer {
  const kept = keptSecret(config);
  if (kept) return kept;
  mkdirSync(config.dataDir, { recursive: true });
  const secret = randomBytes(32);
  writeFileSync(fileIn(config), `${secret.toString('base64url')}\n`, { mode: 0o600 });
  return secret;
}

/** The same without making one: null where there is none yet. */
export function keptSecret(config: PlatformConfig): Buffer | null {
  if (config.instanceSecret) return config.instanceSecret;
  const file = fileIn(config);
  return existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url') : null;
}

const fileIn = ({ dataDir }: PlatformConfig): string => join(dataDir, 'instance-secret');
