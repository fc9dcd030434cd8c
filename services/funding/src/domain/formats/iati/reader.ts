import { UnreadableFile } from '@followthrough/imports/files';
import type { DonorRow, Finding, SchemaJudge } from '../types';
import { Trap } from '../container';
import { judgeDocument, repaired, type Part } from './document';
import { attributeOf } from './markup';
import { placeAfter, PlaceCursor, START, type Place } from './place';
import { readRecord } from './records';
import { EntitiesDeclared, namespacesOf, RECORD_OF, Slicer, type Piece, type SliceLimits } from './slicer';
import { standIn } from './stand-ins';
import { utf8Of, type Utf8 } from './utf8';
import { chooseVersion, schemaOf } from './versions';

const LIMITS: SliceLimits = { pieceBytes: 16 * 1024 * 1024 };
/** What stands beside the records in a root is kept to its end, up to here. */
const BESIDE_BYTES = 2 * 1024 * 1024;

const CURE = 'Choose a file whose root is iati-activities or iati-organisations.';

type Root = 'iati-activities' | 'iati-organisations';

/** There is no element in the file. */
export class NotXml extends UnreadableFile {
  constructor() {
    super('The file has no element at all, so it is no XML.', CURE);
  }
}

/** An IATI file whose root has been read. */
export interface IatiFile {
  root: Root;
  /** as the file names it, '' where it does not */
  version: string;
  encoding: string;
  /** Can be read once. Throws `UnreadableFile` only for a file that was made to do harm. */
  rows: AsyncIterable<DonorRow>;
}

/**
 * Opens an IATI file. Each record is judged by the schema alone, in a root like its own, so that none of them harms
 * another and no more than one is held; the root and what else stands in it is judged at the end.
 * Throws `UnreadableFile` where there is no IATI root.
 */
export async function openIati(
  chunks: AsyncIterable<Buffer>,
  judge: SchemaJudge,
  limits: SliceLimits = LIMITS,
): Promise<IatiFile> {
  const text = await utf8Of(chunks);
  const pieces = piecesOf(text, limits);
  const before: Piece[] = [];
  for (;;) {
    const next = await pieces.next();
    if (next.done) throw new NotXml();
    if (next.value.kind !== 'root') before.push(next.value);
    else {
      const root = new OpenRoot(next.value, judge);
      return {
        root: root.name,
        version: root.version,
        encoding: text.encoding,
        rows: rowsOf(root, text, before, pieces),
      };
    }
  }
}

async function* piecesOf(text: Utf8, limits: SliceLimits): AsyncGenerator<Piece> {
  const slicer = new Slicer(limits);
  try {
    try {
      for await (const part of text.pieces) yield* slicer.take(part);
    } catch (error) {
      // A container that breaks off: what came out of it is kept. Before the root there is nothing to keep.
      if (!(error instanceof UnreadableFile) || error instanceof Trap || slicer.rootName === '') throw error;
      yield { kind: 'damage', message: error.reason, at: slicer.place };
    }
    yield* slicer.take('', true);
  } catch (error) {
    if (!(error instanceof EntitiesDeclared)) throw error;
    throw new UnreadableFile(
      `The file declares XML entities (line ${error.at.line}), which no IATI file needs; files like this are made to stop servers or to make them tell their files.`,
      'Get the file again from its publisher, or take the document type out.',
    );
  }
}

async function* rowsOf(
  root: OpenRoot,
  text: Utf8,
  before: Piece[],
  pieces: AsyncGenerator<Piece>,
): AsyncGenerator<DonorRow> {
  if (text.warning) yield finding('file', 'warning', START, text.warning);
  for (const piece of before) yield* root.rows(piece);
  yield* root.complaints();
  for await (const piece of pieces) yield* root.rows(piece);
  yield* root.ending();
}

class OpenRoot {
  readonly name: Root;
  readonly version: string;
  private readonly judgedBy: string;
  private readonly complaint: string | null;
  private readonly opening: string;
  private readonly closing: string;
  private readonly recordName: string;
  private readonly prefix: string | undefined;
  /** the root as it is, with stand-ins for its records */
  private readonly skeleton: Part[];
  /** a record is the root itself */
  private readonly alone: boolean;
  private besideBytes = 0;
  private met = false;
  private standsIn = false;
  private overflown: Place | null = null;

  constructor(
    private readonly tag: Piece & { kind: 'root' },
    private readonly judge: SchemaJudge,
  ) {
    const qualified = tag.name;
    const [local = '', prefix] = qualified.split(':').reverse();
    if (!Object.hasOwn(RECORD_OF, local)) {
      throw noRoot(
        `The file is XML, but no IATI file: its root element (line ${tag.at.line}) is ${qualified.slice(0, 60)}.`,
      );
    }
    this.name = local as Root;
    this.recordName = RECORD_OF[local]!;
    this.version = attributeOf(tag.xml, 'version');
    const { version, complaint } = chooseVersion(this.version);
    this.complaint = complaint;
    this.judgedBy = version;
    const namespaces = namespacesOf(tag.xml);
    this.alone = tag.xml === '';
    this.opening = this.alone ? '' : `<${qualified} version="${version}"${namespaces}>`;
    this.closing = this.alone ? '' : `</${qualified}>`;
    this.skeleton = [{ xml: tag.xml.replace(/\/>$/, '>'), at: tag.at }];
    this.prefix = prefix;
  }

  *complaints(): Generator<DonorRow> {
    if (this.complaint) yield finding('version', 'warning', this.tag.at, this.complaint);
  }

  *rows(piece: Piece): Generator<DonorRow> {
    switch (piece.kind) {
      case 'record':
        yield* this.record(piece.xml, piece.at);
        break;
      case 'other':
        this.keep(piece.xml, piece.at);
        break;
      case 'fault':
        yield { ...finding('xml', 'error', piece.at, piece.message), unread: piece.lost };
        break;
      case 'warning':
        yield finding('xml', 'warning', piece.at, piece.message);
        break;
      case 'damage':
        yield finding('file', 'error', piece.at, piece.message);
        break;
      case 'root':
        break;
    }
  }

  /** What is wrong with the root and what stands in it beside the records. */
  *ending(): Generator<DonorRow> {
    if (this.alone) return;
    if (this.overflown) {
      const message = `What stands beside the records from here on (over ${BESIDE_BYTES / 2 ** 20} MB) was not judged.`;
      yield finding('file', 'warning', this.overflown, message);
    }
    const parts = [...this.skeleton, { xml: this.closing, at: null }];
    const { findings } = judgeDocument(parts, this.schema, this.judge);
    for (const fault of findings)
      yield { outcome: 'finding', unread: false, finding: { ...fault, activity: '' } };
  }

  private *record(written: string, at: Place): Generator<DonorRow> {
    if (this.alone && this.met) {
      const message = `There is more than one ${this.recordName}, but no ${this.name} around them.`;
      yield finding('xml', 'error', at, message);
    }
    this.met = true;
    this.stand(at);
    const repair = repaired(written);
    const xml = repair?.xml ?? written;
    const parts = [
      { xml: this.opening, at: null },
      { xml, at },
      { xml: this.closing, at: null },
    ];
    const { readable, findings } = judgeDocument(parts, this.schema, this.judge);
    const read = readable ? readRecord(xml) : null;
    const activity = read?.identifier ?? identifierIn(xml);
    const all: Finding[] = findings.map((fault) => ({ ...fault, activity }));
    if (repair) {
      const place = placeAfter(at, written, 0, repair.offset);
      const message = 'There are bytes that are no letters in UTF-8; they are read as "\ufffd".';
      all.unshift({ ruleId: 'xml', severity: 'error', activity, ...place, message });
    }
    if (!read) {
      for (const one of all) yield { outcome: 'finding', finding: one, unread: one === all.at(-1) };
      return;
    }
    const places = new PlaceCursor(at, xml);
    for (const { severity, message, offset } of read.remarks) {
      all.push({ ruleId: 'amount', severity, activity, ...places.at(offset), message });
    }
    const { line, column } = at;
    if (this.name === 'iati-organisations') {
      yield { outcome: 'organisation', identifier: read.identifier, line, column, findings: all };
    } else {
      const { identifier, transactions } = read;
      yield { outcome: 'activity', identifier, line, column, transactions, findings: all };
    }
  }

  private get schema(): string {
    return schemaOf(this.judgedBy, this.name);
  }

  /** One stand-in is as good as many: the schemas allow any number in a row. */
  private stand(at: Place): void {
    if (this.standsIn || this.overflown || this.alone) return;
    const plain = standIn(this.recordName, this.judgedBy);
    const xml = this.prefix === undefined ? plain : plain.replace(/<(\/?)/g, `<$1${this.prefix}:`);
    this.skeleton.push({ xml, at });
    this.besideBytes += xml.length;
    this.standsIn = true;
  }

  private keep(written: string, at: Place): void {
    if (this.overflown) return;
    this.besideBytes += written.length;
    if (this.besideBytes > BESIDE_BYTES) this.overflown = at;
    else this.skeleton.push({ xml: repaired(written)?.xml ?? written, at });
    this.standsIn = false;
  }
}

/** For a sentence about a record that is no XML. */
function identifierIn(xml: string): string {
  return /identifier>\s*([^<]{1,200}?)\s*</.exec(xml)?.[1] ?? '';
}

function finding(
  ruleId: Finding['ruleId'],
  severity: Finding['severity'],
  { line, column }: Place,
  message: string,
): DonorRow & { outcome: 'finding' } {
  return {
    outcome: 'finding',
    unread: false,
    finding: { ruleId, severity, activity: '', line, column, message },
  };
}

function noRoot(reason: string): UnreadableFile {
  return new UnreadableFile(reason, CURE);
}
