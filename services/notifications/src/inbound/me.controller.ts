import { Caller, SignedIn, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { SettingsReader } from '../outbound/settings.reader';
import { ChangeSettings } from '../usecases/change-settings';
import { VerifyAddress } from '../usecases/verify-address';
import { memberId } from './members-only';
import { address, cadence, locale, timeZone, token } from './schemas';

const settings = z.strictObject({
  locale: locale.optional(),
  timeZone: timeZone.optional(),
  cadence: cadence.optional(),
  address: address.optional(),
  attestation: z.string().max(4000).optional(),
});
const verification = z.strictObject({ token });

@Controller('me')
export class MeController {
  constructor(
    private readonly reader: SettingsReader,
    private readonly changeSettings: ChangeSettings,
    private readonly verifyAddress: VerifyAddress,
  ) {}

  /** The caller's language, time zone, usual cadence and address. */
  @Get()
  @SignedIn()
  read(@Caller() caller: CallerIdentity) {
    return this.reader.read(memberId(caller));
  }

  /** Changes what is given. A new address is asked by mail to confirm itself, unless the portal attests it. */
  @Put()
  @SignedIn()
  async change(@Caller() caller: CallerIdentity, @Body(zodBody(settings)) body: z.infer<typeof settings>) {
    memberId(caller);
    await this.changeSettings.run(caller, body);
    return this.reader.read(caller.id);
  }

  /** Proves an address by the link that was sent to it. */
  @Post('address/verify')
  @HttpCode(200)
  @SignedIn()
  async verify(
    @Caller() caller: CallerIdentity,
    @Body(zodBody(verification)) body: z.infer<typeof verification>,
  ) {
    memberId(caller);
    await this.verifyAddress.run(caller, body.token);
    return this.reader.read(caller.id);
  }
}
