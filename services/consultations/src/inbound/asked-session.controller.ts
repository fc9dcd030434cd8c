import { CONFIG, Public, zodBody, type RuntimeConfig } from '@followthrough/service-kit';
import { Body, Controller, Delete, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { SignInByLink } from '../usecases/sign-in-by-link';
import { LINK_COOKIE, linkCookieOptions, linkSecret } from './link-cookie';
import { codeEntry, codeRequest } from './schemas';

/** Signing in by the link of a mail, to one's own open tasks only. */
@Controller('asked')
export class AskedSessionController {
  constructor(
    private readonly signIn: SignInByLink,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'publicUrl'>,
  ) {}

  /** Sends a one-time code to the address that the link was made for. The answer is the same for every link. */
  @Post('code')
  @HttpCode(202)
  @Public()
  async code(@Body(zodBody(codeRequest)) body: z.infer<typeof codeRequest>, @Req() request: Request) {
    await this.signIn.sendCode(body.link, request.ip ?? '');
    return { asked: true };
  }

  @Post('session')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Public()
  async begin(
    @Body(zodBody(codeEntry)) body: z.infer<typeof codeEntry>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { secret, expiresAt } = await this.signIn.begin(body.link, body.code, request.ip ?? '');
    response.cookie(LINK_COOKIE, secret, { ...linkCookieOptions(this.config), expires: expiresAt });
    return { expiresAt };
  }

  @Delete('session')
  @HttpCode(204)
  @Public()
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.signIn.end(linkSecret(request));
    response.clearCookie(LINK_COOKIE, linkCookieOptions(this.config));
  }
}
