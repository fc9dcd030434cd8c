import { SaxesParser } from 'saxes';

const PIECE_BYTES = 256 * 1024;

/**
 * Whether a document (UTF-8 as latin1) is well-formed, without building a tree of it, which for millions of elements
 * takes ten times their text. Null where it is; else what is wrong and at which line and byte, as libxml2 would name it.
 */
export function faultOf(xml: string): { message: string; line: number; column: number } | null {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const decoder = new TextDecoder();
  let fault: { message: string; line: number; column: number } | null = null;
  parser.on('error', (error) => {
    const message = error.message.replace(/^\d+:\d+: /, '');
    fault ??= { message, line: parser.line, column: parser.column + 1 };
  });
  for (let from = 0; from < xml.length && !fault; from += PIECE_BYTES) {
    const piece = Buffer.from(xml.slice(from, from + PIECE_BYTES), 'latin1');
    parser.write(decoder.decode(piece, { stream: true }));
  }
  if (!fault) parser.close();
  return fault;
}
