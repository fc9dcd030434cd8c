import { attributesOf, endOfTag, endsName, nameAt } from './markup';
import { placeAfter, START, type Place } from './place';

/** Of a file of records (activities, organisations) in one root; `xml` is UTF-8 as latin1, see markup. */
export type Piece =
  /** the start tag of the root; without text where a record stands alone, as the root itself */
  | { kind: 'root'; name: string; xml: string; at: Place }
  /** one record from its `<` to its `>`; what is inside may be anything but another record's beginning */
  | { kind: 'record'; xml: string; at: Place }
  /** what else stands in the root: another element, or text that is not blank */
  | { kind: 'other'; xml: string; at: Place }
  /** something that no parser gets over; the reading goes on with the next record. `lost`: it took one with it */
  | { kind: 'fault'; message: string; at: Place; lost: boolean }
  | { kind: 'warning'; message: string; at: Place }
  /** the bytes end here because their container is damaged */
  | { kind: 'damage'; message: string; at: Place };

/** The document declares entities: files like this are made to stop servers, or to make them tell their files. */
export class EntitiesDeclared extends Error {
  constructor(readonly at: Place) {
    super();
  }
}

export interface SliceLimits {
  /** bytes of one record or other element; a longer one is passed over */
  pieceBytes: number;
}

type State = 'prolog' | 'content' | 'lost' | 'epilog';

/** Records by the name of their root. */
export const RECORD_OF: Record<string, string> = {
  'iati-activities': 'iati-activity',
  'iati-organisations': 'iati-organisation',
};

const COMPACT_BYTES = 1024 * 1024;

/**
 * Cuts a stream into its records without building a tree, holding no more than one of them. It finds the records
 * of a file that is no well-formed XML as well: a fault costs the record in which it is.
 */
export class Slicer {
  /** of what comes next */
  place: Place = START;
  private text = '';
  /** everything before is handed out */
  private at = 0;
  /** where looking for the end of the present piece goes on */
  private scan = 0;
  private depth = 0;
  private last = false;
  private state: State = 'prolog';
  private root = '';
  private alone = false;
  private record = '\0';
  private readonly said = new Set<string>();
  /** how far each mark was looked for, as an offset into `text`: a hostile file must not make us look twice */
  private readonly searched = new Map<string, number>();

  /** where marks come next in `text` */
  private readonly sights = new Map<string, number>();

  constructor(private readonly limits: SliceLimits) {}

  /** @param piece the next part of the file, UTF-8 as latin1 */
  *take(piece: string, last = false): Generator<Piece> {
    this.compact();
    this.text += piece;
    this.last = last;
    for (;;) {
      const before = this.at;
      const found = this.step();
      if (found === 'more') break;
      if (found) yield found;
      else if (this.at === before && this.at >= this.text.length) break;
      if (this.at > COMPACT_BYTES) this.compact();
    }
    if (last) yield* this.ending();
  }

  /** name of the root, '' before it was met */
  get rootName(): string {
    return this.root;
  }

  private step(): Piece | 'more' | null {
    switch (this.state) {
      case 'prolog':
        return this.prolog();
      case 'content':
        return this.content();
      case 'lost':
        return this.nextRecord();
      case 'epilog':
        return this.epilog();
    }
  }

  private prolog(): Piece | 'more' | null {
    const lt = this.text.indexOf('<', this.at);
    const to = lt < 0 ? this.text.length : lt;
    const stray = this.strayText(to);
    if (stray) return stray;
    if (lt < 0) return null;
    const other = this.noElement();
    if (other !== undefined) return other;
    const end = this.tagEnd(lt);
    if (end === 'more') return 'more';
    const name = nameAt(this.text, lt + 1);
    const local = name.slice(name.indexOf(':') + 1);
    const prefix = name.slice(0, name.length - local.length);
    const root = Object.keys(RECORD_OF).find((key) => RECORD_OF[key] === local);
    this.alone = root !== undefined;
    this.root = root ? prefix + root : name;
    this.record = prefix + (root ? local : (RECORD_OF[local] ?? '\0'));
    const xml = root ? '' : this.text.slice(lt, end);
    const { place } = this;
    this.state = xml.endsWith('/>') ? 'epilog' : 'content';
    this.advance(root ? lt : end);
    return { kind: 'root', name: this.root, xml, at: place };
  }

  private content(): Piece | 'more' | null {
    const lt = this.text.indexOf('<', this.at);
    if (lt < 0 || lt > this.at) {
      const to = lt < 0 ? this.text.length : lt;
      if (isBlank(this.text, this.at, to)) this.advance(to);
      else return this.handOut('other', to);
      return null;
    }
    const other = this.noElement();
    if (other !== undefined) return other;
    if (this.text.charCodeAt(lt + 1) === 47) return this.rootEnd();
    return this.element();
  }

  /** From a `<` that begins an element to behind its end. */
  private element(): Piece | 'more' {
    const isRecord = this.isTag(this.at, this.record);
    if (isRecord === 'more') return 'more';
    if (this.scan <= this.at) {
      const end = isRecord ? this.plainEnd() : null;
      if (end !== null) return this.handOut('record', end);
      this.scan = this.at;
      this.depth = 0;
    }
    for (;;) {
      const lt = this.text.indexOf('<', this.scan);
      if (lt < 0 || (this.text.length - lt < 9 && !this.last)) return this.unfinished(lt, isRecord);
      const skipped = this.skipNoElement(lt);
      if (skipped === 'more') return this.unfinished(lt, isRecord);
      if (skipped > 0) {
        this.scan = skipped;
        continue;
      }
      const closing = this.text.charCodeAt(lt + 1) === 47;
      const name = nameAt(this.text, closing ? lt + 2 : lt + 1);
      if (lt + name.length + 2 >= this.text.length && !this.last) return this.unfinished(lt, isRecord);
      // Neither may be inside: the element was never closed. libxml2 will say what of it is wrong.
      if (lt > this.at && (closing ? name === this.root : name === this.record)) {
        if (isRecord) return this.handOut('record', lt);
        return this.lose(lt, `is not closed before the next ${name}`, false);
      }
      const end = endOfTag(this.text, lt + 1);
      if (end < 0) return this.unfinished(lt, isRecord);
      this.scan = end;
      if (closing) this.depth -= 1;
      else if (!this.text.startsWith('/>', end - 2)) this.depth += 1;
      if (
        isRecord ? (closing && name === this.record) || (lt === this.at && this.depth === 0) : this.depth <= 0
      ) {
        return this.handOut(isRecord ? 'record' : 'other', end);
      }
    }
  }

  /** Behind the record at `at` where nothing between its tags can hide or hold another tag of its name, else null. */
  private plainEnd(): number | null {
    const from = this.at + 1;
    const end = `</${this.record}`;
    const close = this.sight(end, from);
    if (close === Infinity || !endsName(this.text.charCodeAt(close + end.length))) return null;
    if (['<!', '<?', `<${this.record}`].some((mark) => this.sight(mark, from) < close)) return null;
    const gt = this.text.indexOf('>', close);
    return gt < 0 ? null : gt + 1;
  }

  /** Where `mark` comes next; looked for once. */
  private sight(mark: string, from: number): number {
    const known = this.sights.get(mark);
    if (known !== undefined && known >= from) return known;
    const found = this.text.indexOf(mark, from);
    const next = found < 0 ? Infinity : found;
    this.sights.set(mark, next);
    return next;
  }

  /** The end is not in sight: wait, or give the piece up. */
  private unfinished(lt: number, isRecord: boolean): Piece | 'more' {
    if (lt >= 0) this.scan = lt;
    else this.scan = this.text.length;
    if (this.text.length - this.at > this.limits.pieceBytes) {
      const megabytes = this.limits.pieceBytes / 2 ** 20;
      return this.lose(
        this.at + 1,
        `is longer than ${megabytes} MB or is not closed, so it was not read`,
        isRecord,
      );
    }
    if (!this.last) return 'more';
    const from = this.at;
    this.at += 1;
    const next = this.nextTag(`<${this.record}`);
    this.at = from;
    if (next >= 0) return this.lose(next, `is not closed before the next ${this.record}`, isRecord);
    const began = this.place.line;
    const name = nameAt(this.text, this.at + 1);
    this.advance(this.text.length);
    this.state = 'epilog';
    const message = `The file ends inside the element ${name} that begins on line ${began}: it is cut off, or end tags do not match.`;
    return { kind: 'fault', message, at: this.place, lost: isRecord };
  }

  private lose(to: number, what: string, record: boolean): Piece {
    const name = nameAt(this.text, this.at + 1);
    const { place } = this;
    this.advance(to);
    this.state = 'lost';
    return { kind: 'fault', message: `The element ${name} ${what}.`, at: place, lost: record };
  }

  /** After something that cannot be got over: the next record, or the end of the root. */
  private nextRecord(): Piece | 'more' | null {
    const record = this.nextTag(`<${this.record}`);
    const end = this.nextTag(`</${this.root}`);
    const found = record < 0 ? end : end < 0 ? record : Math.min(record, end);
    if (found < 0) {
      // The beginning of a name may be here and its end in the next chunk.
      this.advance(this.last ? this.text.length : Math.max(this.at, this.text.length - this.root.length - 3));
      return this.last ? null : 'more';
    }
    this.advance(found);
    this.state = 'content';
    return null;
  }

  /** Where the next tag that begins so is, -1 where none is in sight. */
  private nextTag(start: string): number {
    for (let at = Math.max(this.at, this.searched.get(start) ?? 0); ; at += 1) {
      const found = this.text.indexOf(start, at);
      at = found < 0 ? Math.max(at, this.text.length - start.length) : found;
      this.searched.set(start, at);
      if (found < 0 || at + start.length >= this.text.length) return -1;
      if (endsName(this.text.charCodeAt(at + start.length))) return at;
    }
  }

  private rootEnd(): Piece | 'more' | null {
    const end = this.tagEnd(this.at);
    if (end === 'more') return 'more';
    const name = nameAt(this.text, this.at + 2);
    const { place } = this;
    this.advance(end);
    if (name === this.root) this.state = 'epilog';
    else {
      const message = `The end tag of ${name} has no beginning.`;
      return { kind: 'fault', message, at: place, lost: false };
    }
    return null;
  }

  private epilog(): Piece | 'more' | null {
    const lt = this.text.indexOf('<', this.at);
    const stray = this.strayText(lt < 0 ? this.text.length : lt);
    if (stray) return stray;
    if (lt < 0) return null;
    const other = this.noElement();
    if (other !== undefined) return other;
    const end = this.tagEnd(lt);
    if (end === 'more') return 'more';
    const name = nameAt(this.text, lt + 1);
    const { place } = this;
    // Two files were put one behind the other: the records of the second are read too.
    if (name === this.root || name === this.record) this.state = 'lost';
    this.advance(name === this.record ? lt : end);
    return this.once(`There is more after the end of ${this.root}.`, place);
  }

  private once(message: string, at: Place): Piece | null {
    if (this.said.has(message)) return null;
    this.said.add(message);
    return { kind: 'fault', message, at, lost: false };
  }

  private *ending(): Generator<Piece> {
    if (this.root !== '' && !this.alone && this.state !== 'epilog') {
      const message = `The file ends before </${this.root}>: it is cut off, or its end tags do not match.`;
      yield { kind: 'fault', message, at: this.place, lost: false };
    }
  }

  /** Text before or after the root; null where there is none. */
  private strayText(to: number): Piece | null {
    const blank = isBlank(this.text, this.at, to);
    const { place } = this;
    this.advance(to);
    if (blank) return null;
    if (this.state === 'epilog') return this.once(`There is more after the end of ${this.root}.`, place);
    return this.once('There is text before the first element.', place);
  }

  /** A comment, instruction, CDATA section or document type at `at` is passed over; undefined where there is none. */
  private noElement(): Piece | 'more' | null | undefined {
    if (this.text.length - this.at < 9 && !this.last) return 'more';
    if (this.text.startsWith('<!DOCTYPE', this.at)) return this.documentType();
    const { place } = this;
    const from = this.at;
    const end = this.skipNoElement(from);
    if (end === 0) return undefined;
    if (end === 'more') {
      if (!this.last && this.text.length - from <= this.limits.pieceBytes) return 'more';
      this.advance(from + 1);
      this.state = this.root === '' ? 'prolog' : 'lost';
      return { kind: 'fault', message: 'A comment or section is not closed.', at: place, lost: false };
    }
    if (this.text.startsWith('<![CDATA[', from) && this.state === 'content')
      return this.handOut('other', end);
    const misplaced =
      this.text.startsWith('<?xml', from) &&
      endsName(this.text.charCodeAt(from + 5)) &&
      (place.line > 1 || place.column > 1);
    this.advance(end);
    if (!misplaced) return null;
    const message = 'The XML declaration has to be the very first of a file.';
    return { kind: 'fault', message, at: place, lost: false };
  }

  /** Behind the comment, instruction or section at `lt`; 0 where it is an element. */
  private skipNoElement(lt: number): number | 'more' {
    if (this.text.charCodeAt(lt + 1) === 63) return this.behind('?>', lt + 2);
    if (this.text.charCodeAt(lt + 1) !== 33) return 0;
    if (this.text.startsWith('<!--', lt)) return this.behind('-->', lt + 4);
    if (this.text.startsWith('<![CDATA[', lt)) return this.behind(']]>', lt + 9);
    return 0;
  }

  private documentType(): Piece | 'more' {
    const { place } = this;
    const end = endOfTag(this.text, this.at + 1);
    const bracket = this.text.indexOf('[', this.at);
    if (bracket >= 0 && (end < 0 || bracket < end)) throw new EntitiesDeclared(place);
    if (end < 0) {
      if (!this.last && this.text.length - this.at < COMPACT_BYTES) return 'more';
      throw new EntitiesDeclared(place);
    }
    this.advance(end);
    const message = 'The document type is not looked at: files of the standard have none.';
    return { kind: 'warning', message, at: place };
  }

  /** Behind `mark`; what was searched in vain is not searched again. */
  private behind(mark: string, from: number): number | 'more' {
    const begin = Math.max(from, this.searched.get(mark) ?? 0);
    const found = this.text.indexOf(mark, begin);
    if (found >= 0) return found + mark.length;
    this.searched.set(mark, Math.max(from, this.text.length - mark.length + 1));
    return 'more';
  }

  private tagEnd(lt: number): number | 'more' {
    const end = endOfTag(this.text, lt + 1);
    if (end >= 0) return end;
    if (this.last || this.text.length - lt > COMPACT_BYTES) return this.text.length;
    return 'more';
  }

  private isTag(lt: number, name: string): boolean | 'more' {
    const code = this.text.charCodeAt(lt + 1 + name.length);
    if (Number.isNaN(code) && !this.last) return 'more';
    return this.text.startsWith(name, lt + 1) && endsName(code);
  }

  private handOut(kind: 'record' | 'other', to: number): Piece {
    const piece: Piece = { kind, xml: this.text.slice(this.at, to), at: this.place };
    this.advance(to);
    return piece;
  }

  private advance(to: number): void {
    this.place = placeAfter(this.place, this.text, this.at, to);
    this.at = to;
    this.scan = 0;
  }

  private compact(): void {
    this.sights.clear();
    if (this.at === 0) return;
    for (const [mark, offset] of this.searched) this.searched.set(mark, Math.max(0, offset - this.at));
    this.scan = Math.max(0, this.scan - this.at);
    this.text = this.text.slice(this.at);
    this.at = 0;
  }
}

/** Namespaces that a start tag declares, as they have to be written on another. */
export function namespacesOf(tag: string): string {
  const declared = new Map(attributesOf(tag).filter(([name]) => /^xmlns(:|$)/.test(name)));
  const quoted = (uri: string) =>
    uri.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return [...declared].map(([name, uri]) => ` ${name}="${quoted(uri)}"`).join('');
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
