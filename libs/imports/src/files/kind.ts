import { isUtf8 } from 'node:buffer';
import { oleEntries } from './ole';
import { bytesOf, headOf, sizeOf } from './source';
import { UnreadableFile, type FileSource } from './types';
import { openZip, type ZipLimits } from './zip';

/** What a file is by its bytes. The extension is never asked: half of the world's .doc are .docx inside. */
export type FileKind =
  | 'text'
  | 'docx'
  | 'xlsx'
  | 'xls'
  | 'doc'
  | 'encrypted'
  | 'empty'
  | 'pdf'
  | 'html'
  | 'xml'
  | 'json'
  | 'rtf'
  | 'opendocument'
  | 'xlsb'
  | 'powerpoint'
  | 'zip'
  | 'ole'
  | 'archive'
  | 'executable'
  | 'image'
  | 'binary';

export interface IdentifiedFile {
  kind: FileKind;
  /** the document carries a macro project; it is never run */
  macros: boolean;
}

const HEAD_BYTES = 64 * 1024;
/** Compound files are looked into whole; larger ones are not what people import. */
export const OLE_LIMIT_BYTES = 256 * 1024 * 1024;

const MAGIC: [FileKind, number[]][] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['executable', [0x4d, 0x5a]],
  ['executable', [0x7f, 0x45, 0x4c, 0x46]],
  ['executable', [0xcf, 0xfa, 0xed, 0xfe]],
  ['executable', [0xce, 0xfa, 0xed, 0xfe]],
  ['executable', [0xca, 0xfe, 0xba, 0xbe]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x42, 0x5a, 0x68]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

/**
 * Says what the file is. Throws `UnreadableFile` for a container that is damaged or a trap.
 * @param limits of a zip, where it may hold other things than Office files do
 */
export async function identify(source: FileSource, limits?: ZipLimits): Promise<IdentifiedFile> {
  const head = await headOf(source, HEAD_BYTES);
  const plain = (kind: FileKind): IdentifiedFile => ({ kind, macros: false });
  if ((await sizeOf(source)) === 0) return plain('empty');
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return identifyOle(await bytesOf(source, OLE_LIMIT_BYTES));
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) {
    return identifyZip(source, limits);
  }
  // MZ and BZh are also how a text may begin, so these two must look binary as well.
  const magic = MAGIC.find(([, bytes]) => startsWith(head, bytes));
  if (magic && (magic[0] === 'pdf' || magic[0] === 'rtf' || !looksLikeText(head))) return plain(magic[0]);
  if (!looksLikeText(head)) return plain('binary');
  return plain(kindOfText(head));
}

function startsWith(head: Buffer, bytes: number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

/** No control characters but blanks; UTF-16 may have its zero bytes. */
function looksLikeText(head: Buffer): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true;
  let controls = 0;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i += 1) {
    const byte = head[i]!;
    if (byte === 0) zeros[i % 2]! += 1;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26)
      controls += 1;
  }
  const half = head.length / 2;
  const wide = Math.max(zeros[0]!, zeros[1]!) > half * 0.4 && Math.min(zeros[0]!, zeros[1]!) < half * 0.05;
  if (wide) return true;
  // A stray zero or control byte is damage of one row; many of them mean that this was never text.
  return (
    zeros[0]! + zeros[1]! + controls <= Math.max(2, head.length * 0.002) ||
    (isUtf8(head) && controls === 0 && zeros[0]! + zeros[1]! < 8)
  );
}

function kindOfText(head: Buffer): FileKind {
  const start = head
    .subarray(0, 2048)
    .toString('latin1')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replace(/\0/g, '')
    .trimStart();
  if (/^<!--/.test(start)) return kindBehindComments(start);
  if (/^(<!doctype html|<html|<table|<head|<body|<meta)/i.test(start)) return 'html';
  if (/^<\?xml|^<[a-z][\w:.-]*[\s/>]/i.test(start)) return /<html/i.test(start) ? 'html' : 'xml';
  if (/^<!doctype/i.test(start)) return 'xml';
  if (/^(\{\s*"|\[\s*[[{"])/.test(start)) return 'json';
  return 'text';
}

/** A comment may stand before an XML root and before a web page; one without end is taken for that of XML. */
function kindBehindComments(start: string): FileKind {
  const rest = start.replace(/^(<!--[^]*?-->\s*)+/, '');
  return /^(<!doctype html|<html|<head|<body)/i.test(rest) ? 'html' : 'xml';
}

function identifyOle(file: Buffer): IdentifiedFile {
  const entries = oleEntries(file);
  if (!entries || entries.length === 0) {
    throw new UnreadableFile(
      'The file is a damaged Office file of before 2007: its table of contents cannot be read.',
      'Get it again from where it came from, or open it in Office or LibreOffice and save it as .xlsx or .docx.',
    );
  }
  const names = new Set(entries.map((entry) => entry.name));
  const macros = names.has('VBA') || names.has('_VBA_PROJECT') || names.has('_VBA_PROJECT_CUR');
  if (names.has('EncryptedPackage') || names.has('EncryptionInfo')) return { kind: 'encrypted', macros };
  if (names.has('Workbook') || names.has('Book')) return { kind: 'xls', macros };
  if (names.has('WordDocument')) return { kind: 'doc', macros };
  if (names.has('PowerPoint Document')) return { kind: 'powerpoint', macros };
  return { kind: 'ole', macros };
}

async function identifyZip(source: FileSource, limits?: ZipLimits): Promise<IdentifiedFile> {
  const zip = await openZip(source, limits);
  try {
    const names = [...zip.names()];
    const macros = names.some((name) => name.endsWith('vbaProject.bin'));
    if (zip.has('xl/workbook.bin')) return { kind: 'xlsb', macros };
    if (zip.has('xl/workbook.xml')) return { kind: 'xlsx', macros };
    if (zip.has('word/document.xml')) return { kind: 'docx', macros };
    if (zip.has('ppt/presentation.xml')) return { kind: 'powerpoint', macros };
    if (zip.has('mimetype') && zip.has('content.xml')) return { kind: 'opendocument', macros };
    if (zip.has('[Content_Types].xml')) {
      const types = await zip.text('[Content_Types].xml', 1024 * 1024);
      if (types.includes('spreadsheetml')) return { kind: 'xlsx', macros };
      if (types.includes('wordprocessingml')) return { kind: 'docx', macros };
    }
    return { kind: 'zip', macros };
  } finally {
    zip.close();
  }
}
