import { apiPrefix, type RuntimeConfig } from '@followthrough/service-kit';
import type { CookieOptions, Request } from 'express';

/** The cookie of who signed in by a link. The forwarder lets it through to these routes, and no other cookie. */
export const LINK_COOKIE = 'followthrough-asked';

const PATH = `/${apiPrefix('consultations')}/asked`;

/** Never read by script, never sent with a request that another site causes. */
export function linkCookieOptions(config: Pick<RuntimeConfig, 'publicUrl'>): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: config.publicUrl.startsWith('https:'), path: PATH };
}

export function linkSecret(request: Request): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === LINK_COOKIE && value) return value;
  }
  return undefined;
}
