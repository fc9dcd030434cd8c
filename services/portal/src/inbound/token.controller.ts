import { Public, zodBody } from '@followthrough/service-kit';
import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { SigningKeys } from '../outbound/sign-in/signing-keys';
import { ExchangeSecret } from '../usecases/exchange-secret';

const asked = z.strictObject({ secret: z.string().min(1).max(200) });

/** Access tokens for programs, and the keys by which everybody verifies them. */
@Controller()
export class TokenController {
  constructor(
    private readonly secrets: ExchangeSecret,
    private readonly keys: SigningKeys,
  ) {}

  /** A service account's secret for an access token; `expiresIn` in seconds. */
  @Post('token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Public()
  exchange(@Body(zodBody(asked)) { secret }: z.infer<typeof asked>, @Req() request: Request) {
    return this.secrets.exchange(secret, request.ip ?? 'unknown');
  }

  /** RFC 7517 */
  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  @Public()
  published() {
    return this.keys.published();
  }
}
