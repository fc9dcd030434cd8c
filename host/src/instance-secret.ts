import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfig } from '@followthrough/service-kit';

/**
 * What the passwords of database roles and the keys of encrypted addresses are derived from: INSTANCE_SECRET, else
 * 32 random bytes that the first start keeps beside the data, readable by its owner only.
 */
export function instanceSecret(config: PlatformConfig): Buffer {
  if (config.instanceSecret) return config.instanceSecret;
  const file = join(config.dataDir, 'instance-secret');
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
}
