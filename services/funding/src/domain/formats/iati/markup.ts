/**
 * Walking over XML that is held as one character a byte of UTF-8 (`latin1`): all markup is ASCII, so places are byte
 * offsets and nothing is decoded but what is asked for. It trusts its input: whether a document is well-formed is
 * libxml2's to say.
 */
export interface MarkupEvents {
  /** `from` is at the `<`, `to` behind the `>`; an empty element is closed at once */
  open(name: string, from: number, to: number): void;
  close(): void;
  /** text or the content of a CDATA section, the latter without references */
  text?(from: number, to: number, literal: boolean): void;
}

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const DOUBLE = 34;
const SINGLE = 39;

export function walk(xml: string, events: MarkupEvents): void {
  let at = 0;
  for (;;) {
    const lt = xml.indexOf('<', at);
    if (lt > at) events.text?.(at, lt, false);
    if (lt < 0) return;
    const next = xml.charCodeAt(lt + 1);
    if (next === SLASH) {
      at = behind(xml, '>', lt);
      events.close();
    } else if (next === QUESTION) at = behind(xml, '?>', lt);
    else if (next !== BANG) {
      const end = endOfTag(xml, lt + 1);
      at = end < 0 ? xml.length : end;
      events.open(nameAt(xml, lt + 1), lt, at);
      if (xml.charCodeAt(at - 2) === SLASH) events.close();
    } else if (xml.startsWith('<!--', lt)) at = behind(xml, '-->', lt + 4);
    else {
      at = behind(xml, ']]>', lt + 9);
      events.text?.(lt + 9, at - 3, true);
    }
  }
}

function behind(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  return found < 0 ? xml.length : found + mark.length;
}

/**
 * Behind the `>` of the tag that `from` is inside of; quoted `>` do not count. A `<` ends a tag as well, for no
 * value may hold one: a quotation mark that was lost costs one tag, not the file. -1 where the text ends before.
 */
export function endOfTag(xml: string, from: number): number {
  let quote = 0;
  for (let at = from; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code === LT) return at;
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GT) return at + 1;
    else if (code === DOUBLE || code === SINGLE) quote = code;
  }
  return -1;
}

/** The name that begins at `from`. */
export function nameAt(xml: string, from: number): string {
  let to = from;
  while (to < xml.length && !endsName(xml.charCodeAt(to))) to += 1;
  return xml.slice(from, to);
}

export function endsName(code: number): boolean {
  return code <= 32 || code === GT || code === SLASH || code === LT;
}

const ATTRIBUTE = /([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The attributes of a tag, decoded, in order. */
export function attributesOf(tag: string): [name: string, value: string][] {
  return [...tag.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [
    name!,
    decoded(double ?? single ?? '', false),
  ]);
}

/** One attribute of a tag, decoded and trimmed, '' where absent. */
export function attributeOf(tag: string, name: string): string {
  for (const [, found, double, single] of tag.matchAll(ATTRIBUTE)) {
    if (found === name) return decoded(double ?? single ?? '', false).trim();
  }
  return '';
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What latin1 markup says as text: bytes become letters and, outside of CDATA, references what they stand for. */
export function decoded(bytes: string, literal: boolean): string {
  const text = /^[\0-\x7f]*$/.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
  if (literal || !text.includes('&')) return text;
  return text.replace(/&(#x?)?(\w+);/g, (whole, numeric: string | undefined, name: string) => {
    if (!numeric) return ENTITIES[name] ?? whole;
    const code = parseInt(name, numeric === '#x' ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
