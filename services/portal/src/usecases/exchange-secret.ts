import { Database } from '@followthrough/database';
import { Clock, Problem, type AccessClaims } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN_SECONDS } from '../domain/account/session-rules';
import { perPlace } from '../domain/account/throttle';
import { sha256 } from '../outbound/secrets';
import { AccessTokens } from '../outbound/sign-in/access-tokens';
import { Throttles } from '../outbound/sign-in/throttles';

/** Gives a service account an access token for its secret. */
@Injectable()
export class ExchangeSecret {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly throttles: Throttles,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `secret-refused` for one that is unknown or revoked, without saying which */
  async exchange(secret: string, place: string): Promise<{ accessToken: string; expiresIn: number }> {
    const origin = { rule: perPlace, key: place };
    await this.throttles.pass(origin);
    const [account] = await this.database.query(
      `update directory.service_account set used_at = $2 where secret_sha256 = $1 and revoked_at is null
       returning id, roles, states`,
      [sha256(secret), this.clock.now()],
    );
    if (!account) {
      await this.throttles.failed(origin);
      throw new Problem('unauthenticated', 'secret-refused', 'This secret is unknown or has been revoked.');
    }
    const { id, roles, states } = account;
    const claims: AccessClaims = { sub: id, knd: 'service', mem: [{ org: '', cls: 'other', roles, states }] };
    return { accessToken: await this.tokens.accessToken(claims), expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
