import { rmSync } from 'node:fs';
import type { TestServer } from './test-server';

/** Ends what `global-setup` started. */
export default async function stopTestServer(): Promise<void> {
  const started = (globalThis as TestServer).followthroughTestServer;
  if (!started) return;
  await started.server.stop();
  rmSync(started.dataDir, { recursive: true, force: true });
}
