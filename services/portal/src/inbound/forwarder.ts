import {
  Problem,
  problemOf,
  runInContext,
  newContext,
  sendProblem,
  type Logger,
} from '@followthrough/service-kit';
import type { Request, RequestHandler } from 'express';
import type { AccessTokens } from '../outbound/sign-in/access-tokens';
import type { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { claimsOf, type SignedInMember } from '../outbound/sign-in/sessions';
import { readCookie } from './cookies';
import type { PortalSession } from './portal-session';

/** What the portal's own routes may know of the browser behind a request. */
export interface BrowserSession {
  member: SignedInMember;
  csrfToken: string;
}

const SESSION = Symbol('browser session');
type WithSession = Request & { [SESSION]?: BrowserSession };

/** The session that the forwarder found, null for programs and for browsers that are not signed in. */
export function browserSessionOf(request: Request): BrowserSession | null {
  return (request as WithSession)[SESSION] ?? null;
}

export interface ForwarderParts {
  session: PortalSession;
  tokens: AccessTokens;
  addresses: PortalAddresses;
  log: Logger;
}

/**
 * The links that stop mails (RFC 8058). Whoever has one may use it, signed in or not, from a mail reader's page
 * too: no identity goes with it, so there is none to guard.
 */
const WITHOUT_IDENTITY = /^\/api\/notifications\/v1\/unsubscribe\//;

/**
 * Pages of those who are asked in a round. Who they are is said by the cookie that their link gave them, which no
 * other route sees, and by nothing else: somebody who is signed in besides is nobody here.
 */
const BY_LINK = /^\/api\/consultations\/v1\/asked\//;
const LINK_COOKIE = 'followthrough-asked';

/** The one address without service and version: the CloudEvents' types bear the version. */
const FEED = /^\/events(?=\?|$)/;

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Stands before every service's API. A session cookie becomes a minted access token and goes no further; a bearer
 * token passes untouched; bodies and streams are not looked at.
 */
export function forwarder(parts: ForwarderParts): RequestHandler {
  return (request, response, next) => {
    request.url = request.url.replace(FEED, '/portal/v1/events');
    forward(parts, request).then(
      () => next(),
      (error: unknown) => {
        const context = newContext({
          correlationId: request.headers['x-correlation-id'] as string | undefined,
        });
        runInContext(context, () => sendProblem(response, problemOf(error, parts.log)));
      },
    );
  };
}

async function forward({ session, tokens, addresses }: ForwarderParts, request: WithSession): Promise<void> {
  if (addresses.loopback && !LOOPBACK_HOST.test(request.headers.host ?? '')) {
    // Another site's name that was made to point here (DNS rebinding) would be taken for our own by the browser.
    throw new Problem(
      'forbidden',
      'unknown-host',
      `This address is not served here: use ${addresses.publicUrl}.`,
    );
  }
  if (WITHOUT_IDENTITY.test(request.originalUrl)) {
    delete request.headers.cookie;
    return;
  }
  if (BY_LINK.test(request.originalUrl)) {
    if (session.isForeign(request)) throw fromElsewhere();
    const own = readCookie(request, LINK_COOKIE);
    delete request.headers.authorization;
    if (own === undefined) delete request.headers.cookie;
    else request.headers.cookie = `${LINK_COOKIE}=${own}`;
    return;
  }
  const cookie = session.cookie(request);
  const bearer = request.headers.authorization !== undefined;
  if (!bearer && session.isForeign(request)) {
    throw fromElsewhere();
  }
  const member = cookie && !bearer ? await session.member(request) : null;
  if (cookie && member) {
    if (!session.isOurs(request, cookie)) {
      throw new Problem(
        'forbidden',
        'csrf-token-missing',
        'The request lacks the x-csrf-token of this session.',
      );
    }
    request[SESSION] = { member, csrfToken: session.csrfToken(cookie) };
    request.headers.authorization = `Bearer ${await tokens.accessToken(claimsOf(member))}`;
  }
  delete request.headers.cookie;
  delete request.headers['x-csrf-token'];
}

const fromElsewhere = (): Problem =>
  new Problem('forbidden', 'from-elsewhere', 'This request comes from another site and is refused.');
