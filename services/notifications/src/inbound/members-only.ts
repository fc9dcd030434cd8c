import { Problem, type CallerIdentity } from '@followthrough/service-kit';

/** An inbox, an address and subscriptions are a person's: a service account has none. */
export function memberId(caller: CallerIdentity): string {
  if (caller.kind !== 'member') {
    throw new Problem(
      'forbidden',
      'members-only',
      'Only people have an inbox and subscriptions: sign in as a member.',
    );
  }
  return caller.id;
}
