import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Problem } from '../problem';
import { Caller } from './caller';
import { organisationClasses, roles } from './roles';

export const ACCESS_TOKEN_AUDIENCE = 'followthrough';

const claims = z.object({
  sub: z.string(),
  knd: z.enum(['member', 'service']),
  mem: z.array(
    z.object({
      org: z.string(),
      cls: z.enum(organisationClasses),
      roles: z.array(z.enum(roles)),
      states: z.array(z.string()),
    }),
  ),
});

/** Claims of an access token; no name and no address, by rule. */
export type AccessClaims = z.infer<typeof claims>;

/** Verifies access tokens against the portal's published keys (RFC 7517), nothing else. */
export class TokenVerifier {
  constructor(
    private readonly issuer: string,
    private readonly keys: JWTVerifyGetKey,
  ) {}

  /** @throws Problem `unauthenticated` for anything but a valid token of ours */
  async verify(token: string): Promise<Caller> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience: ACCESS_TOKEN_AUDIENCE,
        algorithms: ['ES256'],
        requiredClaims: ['exp', 'sub'],
      });
      const { sub, knd, mem } = claims.parse(payload);
      return new Caller(
        sub,
        knd,
        mem.map((membership) => ({
          organisationId: membership.org,
          organisationClass: membership.cls,
          roles: membership.roles,
          states: membership.states,
        })),
      );
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw new Problem('unauthenticated', 'token-refused', 'Your sign-in has ended: sign in again.');
      }
      throw error;
    }
  }

  /** The claims of a token that the portal has signed for another purpose, or null for anything else. */
  async claimsFor(audience: string, token: string): Promise<JWTPayload | null> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience,
        algorithms: ['ES256'],
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
