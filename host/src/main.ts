import 'reflect-metadata';
import { join } from 'node:path';
import { setupLink, operatorTokenFile } from '@followthrough/portal';
import { keepHeapSmall, readConfig } from '@followthrough/service-kit';
import { loadDemo } from './demo';
import { startPlatform, type Platform } from './platform';
import { sentenceOf } from './sentence-of';

const root = join(__dirname, '..', '..');
const begin = process.hrtime.bigint();
const say = (line: string) => {
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  console.log(`${line} (${seconds.toFixed(1)} s)`);
};

async function main(): Promise<void> {
  let platform: Platform | null = null;
  let stopping = false;
  const stop = (code: number) => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('Stopping ...');
    // Still starting: main() stops what has been started as soon as it can.
    if (!platform) return;
    platform.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(sentenceOf(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));

  keepHeapSmall();
  const config = readConfig(process.env, root);
  platform = await startPlatform(config, say, (reason) => {
    console.error(reason);
    stop(1);
  });
  if (stopping) {
    await platform.stop();
    process.exit(0);
  }
  const portal = platform.apps.get('portal')!.nest;
  console.log(`\n  Followthrough is ready: ${platform.url}/\n`);
  if (process.argv.includes('--demo')) await loadDemo(platform);
  const link = await setupLink(portal);
  if (link) console.log(`  To set it up, open this link once (it makes the administrator):\n  ${link}\n`);
  const tokenFile = await operatorTokenFile(portal);
  if (tokenFile) {
    console.log(`  For the command line: export FT_URL=${platform.url} FT_TOKEN="$(cat '${tokenFile}')"\n`);
  }
  console.log('  Ctrl-C stops it; the data stays.');
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
