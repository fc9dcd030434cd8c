/** Why a password can't be taken, as a key of the page texts; null: it can. */
export type PasswordFault = 'too-short' | 'too-long' | 'too-plain' | 'like-address';

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;
const FEWEST_DIFFERENT = 5;

/** Length instead of compulsory signs (NIST SP 800-63B §3.1.1), and nothing that others know. */
export function passwordFault(password: string, address: string): PasswordFault | null {
  if ([...password].length < SHORTEST_PASSWORD) return 'too-short';
  if (password.length > LONGEST_PASSWORD) return 'too-long';
  if (new Set(password.toLowerCase()).size < FEWEST_DIFFERENT) return 'too-plain';
  const local = address.toLowerCase().split('@')[0] ?? '';
  if (local.length >= 4 && password.toLowerCase().includes(local)) return 'like-address';
  return null;
}
