import { domainToASCII } from 'node:url';

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one plain address `local@domain` (RFC 5321 dot-string, no quoting, no comment, no display
 * name, no address literal) and returns it in the form in which it is stored and compared: domain in
 * lower-case ASCII, local part untouched. Everything else is null.
 *
 * Nothing wider is accepted on purpose: address parsers have routed mail to strangers over quoted
 * local parts and nested groups (CVE-2021-23400 and its successors in nodemailer).
 */
export function mailAddress(input: string): string | null {
  const at = input.lastIndexOf('@');
  if (at < 1 || input.length > 320) return null;
  const local = input.slice(0, at);
  if (local.length > 64 || !LOCAL_PART.test(local)) return null;
  const written = input.slice(at + 1);
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(written)) return null;
  const domain = domainToASCII(written).toLowerCase();
  const labels = domain.split('.');
  const literal = /^[0-9]+$/.test(labels[labels.length - 1] ?? '');
  if (labels.length < 2 || literal || domain.length > 253 || !labels.every((label) => LABEL.test(label))) {
    return null;
  }
  const address = `${local}@${domain}`;
  return address.length <= 254 ? address : null;
}

/** The form under which two spellings of one mailbox count as the same: all lower case. */
export function sameMailboxKey(address: string): string {
  return address.toLowerCase();
}

/** Addresses of demo accounts: `.invalid` can never be delivered (RFC 2606), and must not be tried. */
export function isDemoAddress(address: string): boolean {
  return address.toLowerCase().endsWith('@demo.invalid');
}
