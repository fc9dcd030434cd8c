import { createHash } from 'node:crypto';
import {
  ACCESS_TOKEN_AUDIENCE,
  Clock,
  CONFIG,
  type AccessClaims,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { sameMailboxKey } from '@followthrough/mail';
import { Inject, Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { ACCESS_TOKEN_SECONDS, ATTESTATION_SECONDS } from '../../domain/account/session-rules';
import { SigningKeys } from './signing-keys';

/** Mints what others verify by themselves: access tokens and proofs of address. Neither bears a name. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'publicUrl'>,
  ) {}

  accessToken(claims: AccessClaims): Promise<string> {
    return this.sign(
      ACCESS_TOKEN_AUDIENCE,
      claims.sub,
      { knd: claims.knd, mem: claims.mem },
      ACCESS_TOKEN_SECONDS,
    );
  }

  /** Says to notifications that the member has shown the address to be theirs. */
  attestation(memberId: string, address: string): Promise<string> {
    const digest = createHash('sha256').update(sameMailboxKey(address)).digest('hex');
    return this.sign('notifications', memberId, { address_sha256: digest }, ATTESTATION_SECONDS);
  }

  private async sign(audience: string, subject: string, claims: object, seconds: number): Promise<string> {
    const { id, key } = await this.keys.current();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: id, typ: 'JWT' })
      .setIssuer(this.config.publicUrl)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(key);
  }
}
