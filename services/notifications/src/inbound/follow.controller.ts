import { Public, zodBody } from '@followthrough/service-kit';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { ConfirmFollow } from '../usecases/confirm-follow';
import { RequestFollow } from '../usecases/request-follow';
import { address, cadence, filter, locale, timeZone, token } from './schemas';

const wish = z.strictObject({
  email: address,
  filter,
  locale: locale.default('en'),
  timeZone: timeZone.default('UTC'),
  cadence: cadence.default('immediate'),
});
const confirmation = z.strictObject({ token });

@Controller('follow')
export class FollowController {
  constructor(
    private readonly requestFollow: RequestFollow,
    private readonly confirmFollow: ConfirmFollow,
  ) {}

  /** Asks an address by mail whether it wants to follow. The answer is the same for every address. */
  @Post()
  @HttpCode(202)
  @Public()
  async request(@Body(zodBody(wish)) body: z.infer<typeof wish>, @Req() request: Request) {
    const { email, ...wanted } = body;
    await this.requestFollow.run({ ...wanted, address: email }, request.ip ?? '');
    return { asked: true };
  }

  /** Confirms by the link of that mail. */
  @Post('confirm')
  @HttpCode(200)
  @Public()
  confirm(@Body(zodBody(confirmation)) body: z.infer<typeof confirmation>) {
    return this.confirmFollow.run(body.token);
  }
}
