import type { IncomingMessage, ServerResponse } from 'node:http';
import { Database } from '@followthrough/database';
import { LOGGER, type Logger } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Configuration, KoaContextWithOIDC, Provider as OidcProvider } from 'oidc-provider';
import { Secrets } from '../secrets';
import { PortalAddresses } from './portal-addresses';
import { ProviderRecords } from './provider-records';
import { Provider } from './quiet-provider';
import { SigningKeys } from './signing-keys';

const HOUR = 3600;

/** Client id under which the portal signs people in at its own provider. */
export const PORTAL_CLIENT = 'portal';

/** A sign-in that waits for the person's password. */
export interface SignInRequest {
  uid: string;
  /** Languages the page may be in, best first, as BCP 47 tags. */
  locales: string[];
  /** Address to put into the form, empty where there is none. */
  address: string;
}

/** The OpenID provider of an installation that has none of its own: code flow with PKCE, one client, the portal. */
@Injectable()
export class BuiltInProvider {
  private standing: { keyId: string; provider: OidcProvider } | null = null;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly keys: SigningKeys,
    private readonly addresses: PortalAddresses,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  get clientSecret(): string {
    return this.secrets.mark('client secret', PORTAL_CLIENT);
  }

  /** Answers a request below `/oidc`. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Behind a proxy that tells nothing the provider would build addresses of its own.
    const { protocol, host } = new URL(this.addresses.publicUrl);
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    request.headers['x-forwarded-host'] = host;
    const provider = await this.provider();
    await provider.callback()(request, response);
  }

  /** The sign-in that the browser's interaction cookie belongs to; null where there is none or it is over. */
  async requestOf(request: IncomingMessage, response: ServerResponse): Promise<SignInRequest | null> {
    try {
      const { uid, params } = await (await this.provider()).interactionDetails(request, response);
      const text = (value: unknown) => (typeof value === 'string' ? value : '');
      return {
        uid,
        locales: text(params.ui_locales).split(' ').filter(Boolean),
        address: text(params.login_hint),
      };
    } catch (error) {
      if ((error as Error).name === 'SessionNotFound') return null;
      throw error;
    }
  }

  /** Lets the sign-in go on as this member; sends the browser back. */
  async finish(request: IncomingMessage, response: ServerResponse, memberId: string): Promise<void> {
    const result = { login: { accountId: memberId, amr: ['pwd'], remember: false } };
    await (
      await this.provider()
    ).interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  /** Made anew when the signing key changes, because a provider takes its keys once. */
  private async provider(): Promise<OidcProvider> {
    const { id, privateJwk } = await this.keys.current();
    if (this.standing?.keyId !== id) {
      const provider = new Provider(this.addresses.provider, this.configuration(privateJwk));
      provider.proxy = true;
      provider.on('server_error', (_context: unknown, error: Error) =>
        this.log.error({ err: error }, 'The built-in OpenID provider failed'),
      );
      this.standing = { keyId: id, provider };
    }
    return this.standing.provider;
  }

  private configuration(privateJwk: object): Configuration {
    const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: this.addresses.secure } as const;
    const { port } = new URL(this.addresses.publicUrl);
    return {
      adapter: (model: string) => new ProviderRecords(model, this.database, this.secrets),
      jwks: { keys: [privateJwk] },
      clients: [
        {
          client_id: PORTAL_CLIENT,
          client_secret: this.clientSecret,
          redirect_uris: [this.addresses.signInCallback],
          grant_types: ['authorization_code'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
        },
      ],
      clientAuthMethods: ['client_secret_post'],
      responseTypes: ['code'],
      scopes: ['openid'],
      claims: { openid: ['sub'] },
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        userinfo: { enabled: false },
        rpInitiatedLogout: { enabled: false },
      },
      cookies: {
        keys: [this.secrets.mark('provider cookies', '')],
        names: {
          session: `ft_provider_${port}`,
          interaction: `ft_interaction_${port}`,
          resume: `ft_resume_${port}`,
        },
        long: cookie,
        short: cookie,
      },
      ttl: {
        Interaction: HOUR,
        Session: HOUR,
        Grant: HOUR,
        AuthorizationCode: 60,
        AccessToken: 60,
        IdToken: 300,
      },
      interactions: { url: (_context, interaction) => `/sign-in/form/${interaction.uid}` },
      clientBasedCORS: () => false,
      findAccount: async (_context, sub) => ((await this.mayEnter(sub)) ? account(sub) : undefined),
      loadExistingGrant: grantItself,
      renderError: (context) => context.redirect(this.addresses.page('/sign-in/trouble')),
    };
  }

  private async mayEnter(memberId: string): Promise<boolean> {
    const rows = await this.database.query(
      `select from directory.member where id = $1 and state = 'active'`,
      [memberId],
    );
    return rows.length > 0;
  }
}

function account(sub: string) {
  return { accountId: sub, claims: () => ({ sub }) };
}

/** The only client is the portal itself: nobody is asked whether it may know who they are. */
async function grantItself(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}
