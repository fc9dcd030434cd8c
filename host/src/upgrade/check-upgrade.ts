import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfig } from '@followthrough/service-kit';
import { databaseFindings } from './database-findings';
import type { Finding } from './finding';
import { backupFinding, diskFinding, nodeFinding } from './machine-findings';
import { kafkaFinding, redisFinding } from './server-findings';

export interface UpgradeCheck {
  /** Of this program. */
  version: string;
  /** `unknown` where something could not be seen and nothing hinders. */
  canTakeOver: 'yes' | 'no' | 'unknown';
  findings: Finding[];
}

/**
 * Whether this program can take over the data of the installation that the settings name. Nothing of it is changed; a
 * built-in PostgreSQL that does not run is started for the time of the look.
 */
export async function checkUpgrade(config: PlatformConfig): Promise<UpgradeCheck> {
  const { version, engines } = JSON.parse(
    readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8'),
  ) as { version: string; engines: { node: string } };
  const { findings: ofDatabases, bytes } = await databaseFindings(config);
  const findings = [
    nodeFinding(process.versions.node, engines.node),
    ...ofDatabases,
    ...(config.kafka ? [await kafkaFinding(config.kafka, config)] : []),
    ...(config.redisUrl ? [await redisFinding(config.redisUrl)] : []),
    diskFinding(config, bytes),
    backupFinding(config, new Date()),
  ];
  const levels = new Set(findings.map(({ level }) => level));
  return {
    version,
    canTakeOver: levels.has('hinders') ? 'no' : levels.has('unknown') ? 'unknown' : 'yes',
    findings,
  };
}
