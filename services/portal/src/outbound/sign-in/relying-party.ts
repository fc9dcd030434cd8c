import { CONFIG, LOGGER, Problem, type Logger, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import { Secrets, sha256 } from '../secrets';
import { BuiltInProvider, PORTAL_CLIENT } from './built-in-provider';
import { PortalAddresses } from './portal-addresses';

/** What a person who signs in at an outer provider was invited to, and has shown the secret of. */
export interface Claim {
  kind: 'setup' | 'invitation';
  secret: string;
  name: string;
  /** Name of the organisation that an administrator sets up, else empty. */
  organisation: string;
  timeZone: string;
}

/** What the browser keeps, sealed, while the person is at the provider. */
interface Underway {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  claim: Claim | null;
}

/** Who came back. */
export interface Arrival {
  returnTo: string;
  claim: Claim | null;
  /** Member id, from the built-in provider; null from an outer one. */
  memberId: string | null;
  issuer: string;
  subject: string;
  /** Address that the outer provider vouches for, else null. */
  verifiedAddress: string | null;
}

/** Signs people in by OpenID Connect, code flow with PKCE, at the built-in provider or the site's own. */
@Injectable()
export class RelyingParty {
  private found: Promise<openid.Configuration> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'oidc'>,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly addresses: PortalAddresses,
    private readonly builtIn: BuiltInProvider,
    private readonly secrets: Secrets,
  ) {}

  /** Whether the site has a provider of its own: passwords are then none of ours. */
  get outer(): boolean {
    return this.config.oidc !== null;
  }

  /** @returns where to send the browser, and the cookie that it needs on its return */
  async begin(asked: { returnTo: string; locale: string; claim?: Claim; address?: string }) {
    const configuration = await this.configuration();
    const underway: Underway = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      returnTo: asked.returnTo,
      claim: asked.claim ?? null,
    };
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.addresses.signInCallback,
      scope: this.outer ? 'openid email' : 'openid',
      state: underway.state,
      nonce: underway.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(underway.verifier),
      code_challenge_method: 'S256',
      ui_locales: asked.locale,
      ...(asked.address ? { login_hint: asked.address } : {}),
      // A browser that was signed out must not come back in without the password.
      ...(this.outer ? {} : { prompt: 'login' }),
    });
    const value = this.secrets.seal('sign-in', JSON.stringify(underway)).toString('base64url');
    return { url: url.href, cookie: { name: cookieName(underway.state), value } };
  }

  /**
   * @param query of the callback, with its question mark
   * @param cookie reads a cookie of the browser
   * @throws Problem `sign-in-failed` where the answer isn't one to a question that this browser asked
   */
  async complete(query: string, cookie: (name: string) => string | undefined): Promise<Arrival> {
    const underway = this.underway(query, cookie);
    const configuration = await this.configuration();
    let claims: openid.IDToken | undefined;
    try {
      const tokens = await openid.authorizationCodeGrant(
        configuration,
        new URL(`${this.addresses.signInCallback}${query}`),
        { expectedState: underway.state, expectedNonce: underway.nonce, pkceCodeVerifier: underway.verifier },
      );
      claims = tokens.claims();
    } catch (error) {
      this.log.warn({ err: error }, 'A sign-in was refused');
    }
    if (!claims) throw failed();
    const { returnTo, claim } = underway;
    const vouched = this.outer && claims.email_verified === true && typeof claims.email === 'string';
    return {
      returnTo,
      claim,
      memberId: this.outer ? null : claims.sub,
      issuer: claims.iss,
      subject: claims.sub,
      verifiedAddress: vouched ? (claims.email as string) : null,
    };
  }

  private underway(query: string, cookie: (name: string) => string | undefined): Underway {
    const state = new URLSearchParams(query).get('state') ?? '';
    const sealed = cookie(cookieName(state));
    const opened = sealed && this.secrets.open('sign-in', Buffer.from(sealed, 'base64url'));
    if (!opened) throw failed();
    return JSON.parse(opened) as Underway;
  }

  /** Where an outer provider ends its own session too, or null. */
  async signOutUrl(): Promise<string | null> {
    if (!this.outer) return null;
    const configuration = await this.configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.addresses.page('/') })
      .href;
  }

  private async configuration(): Promise<openid.Configuration> {
    this.found ??= this.config.oidc ? this.discover(this.config.oidc) : Promise.resolve(this.own());
    try {
      return await this.found;
    } catch (error) {
      this.found = null;
      this.log.error({ err: error }, 'The OpenID provider that OIDC_ISSUER names does not answer');
      throw new Problem(
        'unavailable',
        'provider-away',
        'The sign-in service does not answer: try again in a moment.',
      );
    }
  }

  private own(): openid.Configuration {
    const { provider, providerWithin } = this.addresses;
    const secret = this.builtIn.clientSecret;
    const configuration = new openid.Configuration(
      {
        issuer: provider,
        authorization_endpoint: `${provider}/auth`,
        token_endpoint: `${providerWithin}/token`,
        jwks_uri: `${providerWithin}/jwks`,
      },
      PORTAL_CLIENT,
      { client_secret: secret, id_token_signed_response_alg: 'ES256' },
      openid.ClientSecretPost(secret),
    );
    openid.allowInsecureRequests(configuration);
    openid.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  private discover(oidc: NonNullable<RuntimeConfig['oidc']>): Promise<openid.Configuration> {
    const issuer = new URL(oidc.issuer);
    const insecure = issuer.protocol === 'http:' && (this.addresses.loopback || staysHere(issuer));
    return openid.discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, {
      execute: [openid.enableNonRepudiationChecks, ...(insecure ? [openid.allowInsecureRequests] : [])],
    });
  }
}

/** Names that lead to no other machine, https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function staysHere({ hostname }: URL): boolean {
  return /(^|\.)localhost$/.test(hostname);
}

function cookieName(state: string): string {
  return `ft_sign_in_${sha256(state).toString('hex').slice(0, 12)}`;
}

function failed(): Problem {
  return new Problem(
    'invalid',
    'sign-in-failed',
    'The sign-in took too long or was begun elsewhere: start again.',
  );
}
