const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * What happens after an attempt to hand over a mail.
 *
 * - transient: again after 1 and 5 minutes, a quarter of an hour, 1, 4, 12 and 24 hours, each a fifth more or
 *   less; then, or once the mail has lost its point, dead.
 * - ambiguous (all was sent and no answer came, or the process died while it was being sent): sent again under
 *   the same Message-ID after a quarter of a minute, so that the receiver can tell the double; twice at most, then
 *   taken for delivered. Where the local mailbox can be looked into, the double is looked up instead.
 * - permanent: no further attempt; where the address is at fault it is used no more.
 */
export const mailRetries = {
  transientDelays: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR],
  /** To a mailbox in the same process: it is only starting. */
  localDelay: 2 * SECOND,
  jitter: 0.2,
  ambiguousDelay: 15 * SECOND,
  ambiguousAttempts: 3,
  /** Longer than any attempt can last, see the deadline of the mailer. */
  lease: 3 * MINUTE,
} as const;

/** Milliseconds until the next attempt, or null where there is none left. */
export function delayAfterTransient(attempts: number, local: boolean, random: () => number): number | null {
  if (local && attempts <= 60) return mailRetries.localDelay;
  const delay = mailRetries.transientDelays[attempts - 1];
  return delay === undefined ? null : Math.round(delay * (1 + mailRetries.jitter * (2 * random() - 1)));
}
