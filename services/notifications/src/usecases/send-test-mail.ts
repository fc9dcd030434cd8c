import { Mailer, mailLocale, renderMail, type SmtpOutcome } from '@followthrough/mail';
import { Database } from '@followthrough/database';
import { audit, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { testLetter } from '../outbound/letters/confirmation-mail';

export interface TestMailResult {
  outcome: SmtpOutcome['kind'];
  code: string;
  /** The mail server's own words. */
  detail: string;
  /** `relay` is SMTP_URL, `local` the mailbox inside this installation. */
  route: 'relay' | 'local';
}

/** Sends one mail at once and says what the mail server answered. */
@Injectable()
export class SendTestMail {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
  ) {}

  async run(caller: CallerIdentity, to: string, language: string): Promise<TestMailResult> {
    const locale = mailLocale(language);
    const { subject, document } = testLetter(locale);
    const outcome = await this.mailer.send({
      id: uuidv4(),
      to,
      subject,
      language: locale,
      ...renderMail(document),
    });
    await audit(this.database, {
      caller,
      action: 'mail.test',
      subject: 'mail',
      subjectId: outcome.kind,
      details: { code: outcome.code },
    });
    return {
      outcome: outcome.kind,
      code: outcome.code,
      detail: outcome.kind === 'accepted' ? outcome.response : outcome.reason,
      route: this.mailer.routeFor(to).kind,
    };
  }
}
