import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Secrets } from '../outbound/secrets';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { Sessions, type SignedInMember } from '../outbound/sign-in/sessions';
import { cookieOptions, readCookie } from './cookies';

const CSRF_HEADER = 'x-csrf-token';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session of a browser: found by its cookie, and what guards writes that come with it. */
@Injectable()
export class PortalSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly secrets: Secrets,
    private readonly addresses: PortalAddresses,
  ) {}

  cookie(request: IncomingMessage): string | undefined {
    return readCookie(request, this.addresses.sessionCookie);
  }

  async member(request: IncomingMessage): Promise<SignedInMember | null> {
    const cookie = this.cookie(request);
    return cookie ? this.sessions.member(cookie) : null;
  }

  /** Gives the browser a session under a cookie of its own, whatever it came with. */
  begin(response: Response, cookie: string): void {
    response.cookie(this.addresses.sessionCookie, cookie, cookieOptions(this.addresses.secure));
  }

  /** Ends the session that the browser came with, here and there. */
  async end(request: IncomingMessage, response: Response): Promise<void> {
    const cookie = this.cookie(request);
    if (cookie) await this.sessions.end(cookie);
    response.clearCookie(this.addresses.sessionCookie, cookieOptions(this.addresses.secure));
  }

  /** What a page of ours must show with each write; worthless without the cookie that it belongs to. */
  csrfToken(cookie: string): string {
    return this.secrets.mark('csrf', cookie);
  }

  /** Whether a write that comes with a session cookie comes from a page of ours. */
  isOurs(request: Request, cookie: string, shown: unknown = request.headers[CSRF_HEADER]): boolean {
    return SAFE.has(request.method) || this.secrets.isMark('csrf', cookie, shown);
  }

  /**
   * Whether a browser says that the request comes from another site. Programs, which send neither header, pass:
   * they hold no cookie of ours.
   */
  isForeign(request: Request): boolean {
    if (SAFE.has(request.method)) return false;
    const { origin } = request.headers;
    if (request.headers['sec-fetch-site'] === 'cross-site') return true;
    if (!origin || origin === this.addresses.publicUrl) return false;
    return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
  }
}
