import { sameMailboxKey } from '@followthrough/mail';
import { TokenVerifier } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';

/**
 * The portal's signed word that a member has received mail at an address: a token for us (`aud: notifications`)
 * about the member that bears the SHA-256 of the address, so that no address is in a token.
 */
@Injectable()
export class Attestations {
  constructor(private readonly tokens: TokenVerifier) {}

  async holds(attestation: string, memberId: string, address: string): Promise<boolean> {
    const claims = await this.tokens.claimsFor('notifications', attestation);
    const digest = createHash('sha256').update(sameMailboxKey(address)).digest('hex');
    return claims?.sub === memberId && claims['address_sha256'] === digest;
  }
}
