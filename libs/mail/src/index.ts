export { isDemoAddress, mailAddress, sameMailboxKey } from './address';
export { headerSafe, headerValue, UnsafeHeader } from './header';
export { classify, statusOf, type FailureScope, type SmtpOutcome } from './outcome';
export { compose, senderOf, type OutgoingMail, type Sender } from './message';
export { Mailer, type MailerOptions } from './mailer';
export { localMailbox } from './local-mailbox';
export {
  directionOf,
  mailLocale,
  mailLocales,
  mailNumber,
  plural,
  type MailLocale,
  type PluralForms,
} from './locale';
export type { BadgeTone, MailBlock, MailDocument } from './document';
export { escapeHtml } from './html';
export { renderMail } from './render';
export { footerTexts } from './footer';
export { delayAfterTransient, mailRetries } from './retries';
export { AddressVault } from './vault';
