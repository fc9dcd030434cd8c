/** Controls, line and paragraph separators, and every character that can reorder what is shown. */

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** A value that must not stand in a mail header. The message names the field, never the value. */
export class UnsafeHeader extends Error {
  constructor(readonly field: string) {
    super(`The mail field "${field}" holds a control, line-break or direction character and was not sent.`);
    this.name = 'UnsafeHeader';
  }
}

/** Returns the value unchanged, or throws {@link UnsafeHeader}. Runs before any mail library sees it. */
export function headerValue(field: string, value: string): string {
  if (UNSAFE.test(value) || LONE_SURROGATE.test(value) || value.length > 998) throw new UnsafeHeader(field);
  return value;
}

/** Makes text from outside fit for a subject or a display name: unsafe characters become one space. */
export function headerSafe(text: string, limit = 200): string {
  const everyUnsafe = new RegExp(`${UNSAFE.source}|${LONE_SURROGATE.source}`, 'gu');
  const clean = text.replace(everyUnsafe, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...clean];
  return characters.length <= limit ? clean : characters.slice(0, limit - 1).join('') + '…';
}

/** A URL for `<…>` in a List-* header: absolute http(s) or mailto, nothing that ends the bracket. */
export function headerUrl(field: string, url: string): string {
  headerValue(field, url);
  if (!/^(?:https?:\/\/|mailto:)[!-;=?-~]+$/.test(url) || url.includes(',')) throw new UnsafeHeader(field);
  return `<${url}>`;
}
