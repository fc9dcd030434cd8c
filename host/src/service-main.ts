import 'reflect-metadata';
import { join } from 'node:path';
import { operatorTokenFile, setupLink } from '@followthrough/portal';
import { keepHeapSmall, readConfig } from '@followthrough/service-kit';
import { sentenceOf } from './sentence-of';
import { startServiceProcess, type ServiceProcess } from './service-process';

/** `node service-main.js <service> [--announce]`: one service; with `--announce` the portal prints how to begin. */
async function main(): Promise<void> {
  let running: ServiceProcess | null = null;
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    running?.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(sentenceOf(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  keepHeapSmall();
  const [name = '', option] = process.argv.slice(2);
  running = await startServiceProcess(name, readConfig(process.env, join(__dirname, '..', '..')));
  if (stopping) {
    await running.stop();
    process.exit(0);
  }
  if (option === '--announce') await announce(running);
  console.log(`ready: ${name} on port ${running.config.port}`);
}

async function announce({ app, config }: ServiceProcess): Promise<void> {
  const link = await setupLink(app.nest);
  if (link) console.log(`  To set it up, open this link once (it makes the administrator):\n  ${link}\n`);
  const tokenFile = await operatorTokenFile(app.nest);
  if (tokenFile) {
    console.log(
      `  For the command line: export FT_URL=${config.publicUrl} FT_TOKEN="$(cat '${tokenFile}')"\n`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
