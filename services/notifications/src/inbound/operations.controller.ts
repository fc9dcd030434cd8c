import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { DeliveryOutcomesReader, type DeliveryOutcomes } from '../outbound/delivery-outcomes.reader';
import { SendTestMail } from '../usecases/send-test-mail';
import { address, locale } from './schemas';

const test = z.strictObject({ to: address, locale: locale.default('en') });

@Controller()
export class OperationsController {
  constructor(
    private readonly sendTestMail: SendTestMail,
    private readonly outcomes: DeliveryOutcomesReader,
  ) {}

  /** What became of mails in the last days, and which are still under way. */
  @Get('operations/deliveries')
  @Requires('operations')
  deliveries(): Promise<DeliveryOutcomes> {
    return this.outcomes.read();
  }

  /** Sends a mail at once and tells what the mail server said. */
  @Post('test-mail')
  @HttpCode(200)
  @Requires('operations')
  testMail(@Caller() caller: CallerIdentity, @Body(zodBody(test)) body: z.infer<typeof test>) {
    return this.sendTestMail.run(caller, body.to, body.locale);
  }
}
