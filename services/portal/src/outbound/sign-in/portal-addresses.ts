import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';

/** Where the portal is found, by browsers and by itself, and what its cookies are called. */
@Injectable()
export class PortalAddresses {
  readonly publicUrl: string;
  /** Whether browsers come by https, so that cookies may demand it. */
  readonly secure: boolean;
  /** Whether this machine alone can reach the instance. */
  readonly loopback: boolean;
  readonly sessionCookie: string;
  readonly signInCallback: string;

  constructor(@Inject(CONFIG) private readonly config: RuntimeConfig) {
    this.publicUrl = config.publicUrl;
    this.secure = config.publicUrl.startsWith('https:');
    this.loopback = config.loopback;
    // Browsers keep one set of cookies for all ports of a machine, so two instances on it must differ in name.
    this.sessionCookie = this.secure ? '__Host-ft_session' : `ft_session_${new URL(this.publicUrl).port}`;
    this.signInCallback = `${this.publicUrl}/sign-in/callback`;
  }

  /** The built-in provider as browsers see it; also its issuer identifier. */
  get provider(): string {
    return `${this.publicUrl}/oidc`;
  }

  /** The built-in provider as this process reaches it, past any proxy. */
  get providerWithin(): string {
    const { host, port } = this.config;
    const own = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return `http://${own}:${port}/oidc`;
  }

  page(path: string, query: Record<string, string> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.publicUrl}${path}${search ? `?${search}` : ''}`;
  }
}
