import { readFileSync } from 'node:fs';
import { operatorTokenFile } from '@followthrough/portal';
import type { Platform } from './platform';

/** Loads the demo data as the operator of this machine would, through the API. */
export async function loadDemo(platform: Platform): Promise<void> {
  const base = `http://127.0.0.1:${platform.config.port}/api/portal/v1`;
  const file = await operatorTokenFile(platform.apps.get('portal')!.nest);
  if (!file)
    throw new Error('The operator token was revoked: load the demo data from the page as an administrator.');
  const signIn = await fetch(`${base}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: readFileSync(file, 'utf8').trim() }),
  });
  const { accessToken } = (await signIn.json()) as { accessToken: string };
  const answer = await fetch(`${base}/demo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) throw new Error(((await answer.json()) as { detail: string }).detail);
  console.log('  Demo data loaded: the invented State of Tamaria. It goes with: ft demo remove\n');
}
