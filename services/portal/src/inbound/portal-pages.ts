import { join } from 'node:path';
import {
  CONFIG,
  LOGGER,
  Problem,
  problemOf,
  problemStatus,
  requestContext,
  requestLog,
  sendProblem,
  type Logger,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import type { INestApplicationContext } from '@nestjs/common';
import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { BuiltInProvider } from '../outbound/sign-in/built-in-provider';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { InvitationPages } from './pages/invitation.pages';
import { html } from './pages/html';
import { fontFaces, pageScript, pageStyle } from './pages/page-style';
import { PasswordFormPages } from './pages/password-form.pages';
import { PasswordPages } from './pages/password.pages';
import { SetupPages } from './pages/setup.pages';
import { SignInPages } from './pages/sign-in.pages';
import { Visit } from './pages/visit';
import { PortalSession } from './portal-session';
import { securityHeaders } from './security-headers';
import { builtFiles, webApplication } from './web-application';

const BUILT_WEB = join(__dirname, '..', '..', 'web', 'dist');

/** Everything under the one address that is no API: sign-in, the built-in provider, set-up, the web application. */
export function pages(app: INestApplicationContext, webFolder = BUILT_WEB): Router {
  const addresses = app.get(PortalAddresses);
  const config = app.get<RuntimeConfig>(CONFIG);
  const log = app.get<Logger>(LOGGER);
  const files = builtFiles(webFolder);
  const router = Router();
  router.use(requestContext(), requestLog(log));
  router.use(securityHeaders(addresses.secure, config.oidc ? [new URL(config.oidc.issuer).origin] : []));
  router.use(oneAddress(addresses));
  if (!config.oidc) {
    const provider = app.get(BuiltInProvider);
    router.use('/oidc', (request, response) => provider.answer(request, response));
  }
  router.use(fromHere(app.get(PortalSession)));
  router.get('/sign-in/pages.css', asset('text/css', fontFaces(files) + pageStyle));
  router.get('/sign-in/pages.js', asset('text/javascript', pageScript));
  for (const one of [SignInPages, PasswordFormPages, SetupPages, InvitationPages, PasswordPages]) {
    router.use(app.get<{ routes(): Router }>(one).routes());
  }
  router.use(webApplication(webFolder, files));
  router.use((_request, response) => {
    sendProblem(response, new Problem('not-found', 'no-such-address', 'There is nothing at this address.'));
  });
  router.use(troublePage(addresses, log));
  return router;
}

function asset(type: string, text: string): RequestHandler {
  return (_request, response) => {
    response.set('cache-control', 'no-cache').type(type).send(text);
  };
}

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * On this machine "localhost" and "127.0.0.1" are the same and their cookies are not, so pages move to the address
 * that the start printed. Any other name that leads here is somebody's trick (DNS rebinding).
 */
function oneAddress(addresses: PortalAddresses): RequestHandler {
  const own = new URL(addresses.publicUrl).host;
  return (request, response, next) => {
    const host = request.headers.host ?? '';
    if (!addresses.loopback || host === own) return next();
    if (!LOOPBACK_HOST.test(host))
      return void response.status(403).type('text').send(`Use ${addresses.publicUrl}\n`);
    if (request.method !== 'GET' || !request.accepts('html')) return next();
    response.redirect(302, addresses.publicUrl + request.originalUrl);
  };
}

/** Forms are taken from our own pages only. */
function fromHere(session: PortalSession): RequestHandler {
  return (request, response, next) => {
    if (!session.isForeign(request)) return next();
    const visit = new Visit(request, response, false);
    visit.show(403, visit.texts.troubleTitle, html`<p role="alert">${visit.fault('elsewhere')}</p>`, null);
  };
}

/** Says on a page what went wrong, or as a problem document to a program. */
function troublePage(addresses: PortalAddresses, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error, log);
    if (response.headersSent || !request.accepts('html')) return sendProblem(response, problem);
    const visit = new Visit(request, response, addresses.secure);
    const seconds = Number(problem.extra.retryAfter ?? 0);
    if (seconds) response.set('retry-after', String(seconds));
    const sentence = visit.fault(problem.kind === 'rate-limited' ? 'rate-limited' : problem.slug, {
      seconds,
    });
    const body = html`<p role="alert">${sentence}</p>
      <p><a class="button" href="/sign-in">${visit.texts.again}</a> <a href="/">${visit.texts.back}</a></p>`;
    visit.show(problemStatus[problem.kind], visit.texts.troubleTitle, body, null);
  };
}
