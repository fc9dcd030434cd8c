import { Caller, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { SendTestMail } from '../usecases/send-test-mail';
import { address, locale } from './schemas';

const test = z.strictObject({ to: address, locale: locale.default('en') });

@Controller()
export class OperationsController {
  constructor(private readonly sendTestMail: SendTestMail) {}

  /** Sends a mail at once and tells what the mail server said. */
  @Post('test-mail')
  @HttpCode(200)
  @Requires('operations')
  testMail(@Caller() caller: CallerIdentity, @Body(zodBody(test)) body: z.infer<typeof test>) {
    return this.sendTestMail.run(caller, body.to, body.locale);
  }
}
