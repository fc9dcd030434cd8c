import { Database } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Router, urlencoded, type Request, type Response } from 'express';
import { safeReturnTo } from '../../domain/account/return-to';
import { Accounts } from '../../outbound/directory/accounts';
import { AccessTokens } from '../../outbound/sign-in/access-tokens';
import { PortalAddresses } from '../../outbound/sign-in/portal-addresses';
import { RelyingParty, type Claim } from '../../outbound/sign-in/relying-party';
import { Sessions } from '../../outbound/sign-in/sessions';
import { Arrive } from '../../usecases/arrive';
import { cookieOptions, readCookie } from '../cookies';
import { PortalSession } from '../portal-session';
import { html } from './html';
import { Visit } from './visit';

const CALLBACK = '/sign-in/callback';
/** A little longer than the provider keeps a sign-in waiting. */
const UNDERWAY_MILLISECONDS = 70 * 60_000;

/** The way to an OpenID provider and back, and out again. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly party: RelyingParty,
    private readonly arrive: Arrive,
    private readonly sessions: Sessions,
    private readonly session: PortalSession,
    private readonly accounts: Accounts,
    private readonly tokens: AccessTokens,
    private readonly addresses: PortalAddresses,
    private readonly database: Database,
  ) {}

  routes(): Router {
    const router = Router();
    router.get('/sign-in', (request, response) => this.begin(request, response));
    router.get(CALLBACK, (request, response) => this.callback(request, response));
    router.get('/sign-in/welcome', (request, response) => this.welcome(request, response));
    router.get('/sign-in/trouble', (request, response) => {
      const visit = this.visit(request, response);
      const again = html`<p role="alert">${visit.fault('sign-in-failed')}</p>
        <p><a class="button" href="/sign-in">${visit.texts.again}</a></p>`;
      visit.show(400, visit.texts.troubleTitle, again, '/sign-in/trouble');
    });
    router.post('/sign-out', urlencoded({ extended: false, limit: '2kb' }), (request, response) =>
      this.signOut(request, response),
    );
    return router;
  }

  /** Sends the browser to the provider, with what it was invited to, if to anything. */
  async send(visit: Visit, returnTo: string, claim?: Claim): Promise<void> {
    const { url, cookie } = await this.party.begin({ returnTo, locale: visit.locale, claim });
    visit.response.cookie(cookie.name, cookie.value, {
      ...cookieOptions(this.addresses.secure, CALLBACK),
      maxAge: UNDERWAY_MILLISECONDS,
    });
    visit.response.set('cache-control', 'no-store').redirect(303, url);
  }

  /** Signs the browser in as the member and sends it on, the first time by the page that hands the address over. */
  async enter(request: Request, response: Response, memberId: string, returnTo: string): Promise<void> {
    await this.session.end(request, response);
    this.session.begin(response, await this.sessions.start(this.database, memberId));
    const first = await this.accounts.awaitsHandOver(memberId);
    const target = first ? `/sign-in/welcome?${new URLSearchParams({ returnTo }).toString()}` : returnTo;
    response.set('cache-control', 'no-store').redirect(303, target);
  }

  private async begin(request: Request, response: Response): Promise<void> {
    const visit = this.visit(request, response);
    const returnTo = safeReturnTo(request.query.returnTo, this.addresses.publicUrl);
    if (await this.session.member(request)) return response.redirect(303, returnTo);
    await this.send(visit, returnTo);
  }

  private async callback(request: Request, response: Response): Promise<void> {
    const visit = this.visit(request, response);
    const at = request.originalUrl.indexOf('?');
    const query = at < 0 ? '' : request.originalUrl.slice(at);
    const read: string[] = [];
    const arrival = await this.party.complete(query, (name) => {
      read.push(name);
      return readCookie(request, name);
    });
    for (const name of read) response.clearCookie(name, cookieOptions(this.addresses.secure, CALLBACK));
    const memberId = await this.arrive.member(arrival, visit.locale);
    await this.enter(request, response, memberId, safeReturnTo(arrival.returnTo, this.addresses.publicUrl));
  }

  private async welcome(request: Request, response: Response): Promise<void> {
    const visit = this.visit(request, response);
    const returnTo = safeReturnTo(request.query.returnTo, this.addresses.publicUrl);
    const member = await this.session.member(request);
    const given = member && (await this.accounts.handOver(member.id));
    if (!member || !given) return response.redirect(303, returnTo);
    const handOver = {
      locale: visit.locale,
      address: given.address,
      ...(given.verified ? { attestation: await this.tokens.attestation(member.id, given.address) } : {}),
    };
    const csrfToken = this.session.csrfToken(this.session.cookie(request) ?? '');
    const body = html`<p>${visit.texts.welcomeText}</p>
      <p>
        <a
          class="button"
          href="${returnTo}"
          data-csrf="${csrfToken}"
          data-hand-over="${JSON.stringify(handOver)}"
          >${visit.texts.goOn}</a
        >
      </p>`;
    visit.show(200, visit.say('welcomeTitle', { name: member.name }), body, null);
  }

  /** Answers a page's script with JSON and a form with a redirect; both say where to go. */
  private async signOut(request: Request, response: Response): Promise<void> {
    const cookie = this.session.cookie(request);
    const shown = request.headers['x-csrf-token'] ?? (request.body as { csrf?: unknown } | undefined)?.csrf;
    if (cookie && !this.session.isOurs(request, cookie, shown)) {
      throw new Problem('forbidden', 'elsewhere', 'The request lacks the token of this session.');
    }
    await this.session.end(request, response);
    const location = (await this.party.signOutUrl()) ?? '/';
    if (request.headers['x-csrf-token']) response.json({ location });
    else response.redirect(303, location);
  }

  private visit(request: Request, response: Response): Visit {
    return new Visit(request, response, this.addresses.secure);
  }
}
