import { Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { Accounts } from '../outbound/directory/accounts';
import type { PortalAddresses } from '../outbound/sign-in/portal-addresses';

/** @throws Problem where this caller may neither load nor remove the demonstration data */
export async function mustBeFree(
  caller: CallerIdentity | null,
  accounts: Accounts,
  addresses: PortalAddresses,
): Promise<void> {
  if (caller?.can('operations')) return;
  if (addresses.loopback && !(await accounts.any())) return;
  if (!caller)
    throw new Problem('unauthenticated', 'sign-in-needed', 'Sign in as an administrator to do this.');
  throw new Problem('forbidden', 'not-allowed', 'You may not do this: it needs the permission operations.');
}
