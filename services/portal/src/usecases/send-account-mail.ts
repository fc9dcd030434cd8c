import { footerTexts, Mailer, mailLocale, renderMail, type MailDocument } from '@followthrough/mail';
import { failPoint, LOGGER, type Logger } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { accountMailTexts } from '../domain/account/account-mail-texts';
import {
  AccountMails,
  type AccountMailContent,
  type AccountMailKind,
  type DueMail,
} from '../outbound/account-mails';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';

const MOST_AMBIGUOUS = 3;

/**
 * Sends one mail of an account, if it is due and nobody else is at it. A process that dies between the server's
 * word and ours sends it again under the same Message-ID, by which receivers know it.
 */
@Injectable()
export class SendAccountMail {
  constructor(
    private readonly mails: AccountMails,
    private readonly mailer: Mailer,
    private readonly addresses: PortalAddresses,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async send(id: string): Promise<void> {
    const mail = await this.mails.claim(id);
    if (!mail) return;
    if (!mail.content) {
      // Sealed under another instance secret: a restored backup, whose mails nobody waits for any more.
      await this.mails.settle(id, 'failed', 'the address cannot be read');
      return;
    }
    const { subject, document } = this.compose(mail, mail.content);
    failPoint('portal.account-mail.before-send');
    const outcome = await this.mailer.send({
      id: `account-${mail.id}`,
      to: mail.content.address,
      subject,
      language: document.locale,
      ...renderMail(document),
    });
    failPoint('portal.account-mail.after-send');
    switch (outcome.kind) {
      case 'accepted':
        return this.mails.settle(id, 'sent', outcome.response);
      case 'permanent':
        this.log.warn({ mail: id, code: outcome.code }, 'A mail of an account was refused for good');
        return this.mails.settle(id, 'failed', `${outcome.code} ${outcome.reason}`);
      case 'ambiguous':
        // Most likely it was taken each time: a mail too many is forgiven, a dozen is not.
        if (mail.attempts >= MOST_AMBIGUOUS)
          return this.mails.settle(id, 'sent', `${outcome.code} no answer`);
        return this.mails.putOff(mail, `${outcome.code} ${outcome.reason}`);
      case 'transient':
        return this.mails.putOff(mail, `${outcome.code} ${outcome.reason}`);
    }
  }

  private compose(mail: DueMail, content: AccountMailContent): { subject: string; document: MailDocument } {
    const locale = mailLocale(mail.locale);
    const texts = accountMailTexts[locale][mail.kind];
    return {
      subject: texts.subject,
      document: {
        locale,
        title: texts.title.replace('{organisation}', content.organisation),
        blocks: [
          { kind: 'paragraph', text: texts.text },
          { kind: 'button', label: texts.button, url: this.link(mail.kind, content.secret, locale) },
          { kind: 'quiet', text: texts.after },
        ],
        reasons: [mail.kind === 'invitation' ? footerTexts[locale].asked : footerTexts[locale].account],
        links: [],
      },
    };
  }

  private link(kind: AccountMailKind, token: string, lang: string): string {
    switch (kind) {
      case 'invitation':
        return this.addresses.page('/invitation', { token, lang });
      case 'password-reset':
        return this.addresses.page('/password/reset', { token, lang });
      case 'password-changed':
        return this.addresses.page('/sign-in', { lang });
    }
  }
}
