/**
 * What is known after one attempt to hand a message to a mail server.
 *
 * - `accepted`: the server answered 2yz to the whole message; it is now the server's duty.
 * - `transient`: the message was not taken, a later attempt may succeed.
 * - `permanent`: the message was refused for good (RFC 5321 §4.2.1: 5yz), or can never be sent.
 * - `ambiguous`: the whole message went out and no answer came. It may have been taken.
 */
export type SmtpOutcome =
  | { kind: 'accepted'; code: string; response: string }
  | { kind: 'transient' | 'permanent' | 'ambiguous'; code: string; reason: string; scope: FailureScope };

/** Who has to act: `address` (the mailbox is wrong), `message`, or `server` (configuration, policy, outage). */
export type FailureScope = 'address' | 'message' | 'server';

interface SmtpFailure {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  message: string;
}

/** The enhanced status of a reply (RFC 3463), such as `5.1.1`, or the bare reply code, or ''. */
export function statusOf(response: string | undefined): string {
  const match = /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?/.exec(response ?? '');
  return match?.[2] ?? match?.[1] ?? '';
}

/**
 * Classifies a failed attempt.
 * @param failure the error as the SMTP client gave it
 * @param wholeMessageSent whether the last byte of the message had left, after which silence is ambiguous
 */
export function classify(failure: SmtpFailure, wholeMessageSent: boolean): SmtpOutcome {
  const reason = failure.message.slice(0, 500);
  const replied = failure.responseCode !== undefined && failure.responseCode > 0;
  if (replied) return classifyReply(failure, reason);
  const code = failure.code ?? 'UNKNOWN';
  if (wholeMessageSent) return { kind: 'ambiguous', code, reason, scope: 'server' };
  if (code === 'EMESSAGE' || code === 'EENVELOPE')
    return { kind: 'permanent', code, reason, scope: 'message' };
  return { kind: 'transient', code, reason, scope: 'server' };
}

function classifyReply(failure: SmtpFailure, reason: string): SmtpOutcome {
  const replyCode = failure.responseCode ?? 0;
  const code = statusOf(failure.response) || String(replyCode);
  // A refused login or a 503 says that this session was wrong, not that the message was (RFC 5321 §4.2.4).
  const aboutTheSession = failure.code === 'EAUTH' || replyCode === 503 || failure.command === 'CONN';
  // 5.7.x is policy: the operator's business (RFC 3463 §3.8); a retry after a repair delivers.
  const aboutPolicy = /^[45]\.7\./.test(code) || replyCode === 530 || replyCode === 535;
  if (replyCode < 500 || aboutTheSession || aboutPolicy) {
    return { kind: 'transient', code, reason, scope: 'server' };
  }
  const aboutTheAddress = /^5\.1\.[0-36]$/.test(code) || (failure.command === 'RCPT TO' && replyCode === 550);
  return { kind: 'permanent', code, reason, scope: aboutTheAddress ? 'address' : 'message' };
}
