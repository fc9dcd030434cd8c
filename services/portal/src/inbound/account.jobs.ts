import type { JobDefinition } from '@followthrough/jobs';
import { ACCOUNT_MAIL_QUEUE, type AccountMails } from '../outbound/account-mails';
import type { KeepHouse } from '../usecases/keep-house';
import type { SendAccountMail } from '../usecases/send-account-mail';

const MINUTE = 60_000;

/** Sends the mails of accounts. */
export function accountMailJob(mails: AccountMails, sending: SendAccountMail): JobDefinition {
  return {
    name: ACCOUNT_MAIL_QUEUE,
    concurrency: 2,
    run: (id) => sending.send(id),
    sweep: { everyMs: MINUTE / 2, due: () => mails.due() },
  };
}

/** Signing keys and everything that expires. */
export function housekeepingJob(house: KeepHouse): JobDefinition {
  return {
    name: 'housekeeping',
    run: () => house.keep(),
    sweep: { everyMs: 10 * MINUTE, due: () => Promise.resolve(['now']) },
  };
}
