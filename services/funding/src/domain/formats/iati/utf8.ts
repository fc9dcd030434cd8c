import { encodingExists, getDecoder } from 'iconv-lite';
import { UnreadableFile } from '@followthrough/imports/files';

/** Bytes that are looked at before the first is handed on; an XML declaration is far shorter. */
const HEAD_BYTES = 1024;

export interface Utf8 {
  /** how the file is written, in lower case */
  encoding: string;
  /** a sentence where the file says otherwise than it is */
  warning: string | null;
  /** the text as UTF-8 without a byte order mark, one character a byte (`latin1`) */
  pieces: AsyncIterable<string>;
}

/**
 * The text of an XML file as UTF-8: by its byte order mark, else by its zero bytes, else as its declaration says
 * (XML 1.0, appendix F). UTF-8 itself passes through as it is, broken or not.
 */
export async function utf8Of(chunks: AsyncIterable<Buffer>): Promise<Utf8> {
  const source = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < HEAD_BYTES && !ended) {
    const next = await source.next();
    if (next.done) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const { encoding, mark, warning } = encodingOf(head);
  const rest: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => source };
  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      yield head.subarray(mark);
      if (!ended) yield* rest;
    } finally {
      await source.return?.();
    }
  }
  return { encoding, warning, pieces: encoding === 'utf-8' ? latin1(bytes()) : recoded(bytes(), encoding) };
}

async function* latin1(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield chunk.toString('latin1');
}

async function* recoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = getDecoder(encoding, { stripBOM: false });
  for await (const chunk of chunks) yield asUtf8(decoder.write(chunk));
  yield asUtf8(decoder.end() ?? '');
}

function asUtf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function encodingOf(head: Buffer): { encoding: string; mark: number; warning: string | null } {
  const certain = (encoding: string, mark: number) => ({ encoding, mark, warning: null });
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return certain('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return certain('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return certain('utf-16be', 2);
  if (head[0] === 0 && head[1] === 0x3c) return certain('utf-16be', 0);
  if (head[0] === 0x3c && head[1] === 0) return certain('utf-16le', 0);
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1'))?.[1];
  const name = (declared ?? 'utf-8').toLowerCase();
  if (/^(utf-?8|us-ascii|ascii)$/.test(name)) return certain('utf-8', 0);
  if (/^(utf-?(16|32)|ucs-?[24]|iso-10646)/.test(name)) {
    const warning = `The file says that it is ${declared}, but it is not; it is read as UTF-8.`;
    return { encoding: 'utf-8', mark: 0, warning };
  }
  // HTML's rule, and what publishers mean: nobody writes the control characters of Latin-1.
  if (/^(iso-?8859-?1|latin-?1)$/.test(name)) return certain('windows-1252', 0);
  if (encodingExists(name)) return certain(name, 0);
  throw new UnreadableFile(
    `The file says (line 1) that it is written in ${declared}, an encoding that is not known.`,
    'Save it as UTF-8.',
  );
}
