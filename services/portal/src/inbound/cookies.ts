import type { IncomingMessage } from 'node:http';
import type { CookieOptions } from 'express';

/** A cookie of the request, undefined where there is none of the name. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** Cookies of ours: never read by script, never sent with another site's request but by following a link here. */
export function cookieOptions(secure: boolean, path = '/'): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path };
}
