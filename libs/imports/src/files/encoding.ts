import { getDecoder } from 'iconv-lite';
import { likeliestEncoding, type SingleByteEncoding } from './encoding-score';
import { chunksOf } from './source';
import type { FileSource } from './types';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | SingleByteEncoding;

export interface TextSurvey {
  encoding: Encoding;
  /** byte order mark, not part of the text */
  markBytes: number;
  /** letters outside ASCII that the guess rests on; null where the encoding is certain */
  guessedFrom: number | null;
  /** places that are not UTF-8 in a file that otherwise is; they decode to U+FFFD */
  invalidPlaces: number;
  /** what ends a line in most of the file: a bare CR, or LF with or without CR */
  lineEnd: '\r' | '\n';
}

const SAMPLE_BYTES = 128 * 1024;

/**
 * Reads the whole file once, in pieces, to know how to decode it. Strict UTF-8 is certain; without it a
 * single-byte encoding is guessed from the words. A file with many valid UTF-8 letters and few broken ones is
 * damaged UTF-8, not another encoding.
 */
export async function surveyText(source: FileSource): Promise<TextSurvey> {
  const utf8 = new Utf8Check();
  const sample = new HighByteSample();
  const bareReturn = { count: 0, feeds: 0, pending: false };
  let mark: TextSurvey | null = null;
  let first = true;
  const zeros: [number, number] = [0, 0];
  for await (const chunk of chunksOf(source)) {
    if (first) mark = byMark(chunk);
    if (first && !mark) countZeros(chunk.subarray(0, 4096), zeros);
    first = false;
    utf8.take(chunk);
    sample.take(chunk);
    countLineEnds(chunk, bareReturn);
  }
  const lineEnd = bareReturn.count > bareReturn.feeds ? '\r' : '\n';
  if (mark) return { ...mark, lineEnd, invalidPlaces: mark.encoding === 'utf-8' ? utf8.finish().invalid : 0 };
  const wide = wideWithoutMark(zeros);
  const certain = { markBytes: 0, guessedFrom: null, lineEnd } as const;
  if (wide) return { ...certain, encoding: wide, invalidPlaces: 0 };
  const { valid, invalid } = utf8.finish();
  if (invalid === 0) return { ...certain, encoding: 'utf-8', invalidPlaces: 0 };
  if (valid > 3 * invalid) return { ...certain, encoding: 'utf-8', invalidPlaces: invalid };
  return {
    encoding: likeliestEncoding(sample.bytes()),
    markBytes: 0,
    guessedFrom: sample.highBytes,
    invalidPlaces: 0,
    lineEnd,
  };
}

/** The text in pieces, without its byte order mark. A character is never cut in two. */
export async function* decodedText(source: FileSource, survey: TextSurvey): AsyncGenerator<string> {
  // TextDecoder is wrong for windows-1252 on Node 20.18 and later (nodejs/node 56542), so iconv-lite decodes
  // everything that is not Unicode.
  const unicode = survey.encoding.startsWith('utf');
  const decoder = unicode ? null : getDecoder(survey.encoding);
  const utf = unicode ? new TextDecoder(survey.encoding, { ignoreBOM: true }) : null;
  let skip = survey.markBytes;
  for await (const chunk of chunksOf(source)) {
    const bytes = skip > 0 ? chunk.subarray(skip) : chunk;
    skip = 0;
    yield utf ? utf.decode(bytes, { stream: true }) : decoder!.write(bytes);
  }
  yield utf ? utf.decode() : (decoder!.end() ?? '');
}

function byMark(head: Buffer): TextSurvey | null {
  const found = (encoding: Encoding, markBytes: number): TextSurvey => ({
    encoding,
    markBytes,
    guessedFrom: null,
    invalidPlaces: 0,
    lineEnd: '\n',
  });
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return found('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return found('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return found('utf-16be', 2);
  return null;
}

function countZeros(head: Buffer, zeros: [number, number]): void {
  for (let i = 0; i < head.length; i += 1) if (head[i] === 0) zeros[(i % 2) as 0 | 1] += 1;
}

/** ASCII letters in UTF-16 have a zero byte each, all on the same side. */
function wideWithoutMark([even, odd]: [number, number]): 'utf-16le' | 'utf-16be' | null {
  if (odd > 8 && odd > even * 10) return 'utf-16le';
  if (even > 8 && even > odd * 10) return 'utf-16be';
  return null;
}

function countLineEnds(chunk: Buffer, ends: { count: number; feeds: number; pending: boolean }): void {
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at];
    if (byte === 10) {
      ends.feeds += 1;
      ends.pending = false;
    } else if (byte !== 0) {
      if (ends.pending) ends.count += 1;
      ends.pending = byte === 13;
    }
  }
  // A file's very last CR stays pending; it changes no majority.
}

/** Counts well-formed and broken multi-byte sequences over chunk borders (RFC 3629). */
class Utf8Check {
  private valid = 0;
  private invalid = 0;
  private expected = 0;

  take(chunk: Buffer): void {
    for (const byte of chunk) {
      if (this.expected > 0) {
        if ((byte & 0xc0) === 0x80) {
          this.expected -= 1;
          if (this.expected === 0) this.valid += 1;
          continue;
        }
        this.expected = 0;
        this.invalid += 1;
      }
      if (byte < 0x80) continue;
      if (byte >= 0xc2 && byte <= 0xdf) this.expected = 1;
      else if (byte >= 0xe0 && byte <= 0xef) this.expected = 2;
      else if (byte >= 0xf0 && byte <= 0xf4) this.expected = 3;
      else this.invalid += 1;
    }
  }

  finish(): { valid: number; invalid: number } {
    return { valid: this.valid, invalid: this.invalid + (this.expected > 0 ? 1 : 0) };
  }
}

/** Up to 128 KB of surroundings of bytes over 127, for the guess. */
class HighByteSample {
  highBytes = 0;
  private readonly pieces: Buffer[] = [];
  private length = 0;

  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at]! < 0x80) continue;
      this.highBytes += 1;
      if (this.length >= SAMPLE_BYTES) continue;
      // As far as a long word of another script reaches; the blank keeps two surroundings apart.
      let to = at + 1;
      while (to < chunk.length && to < at + 2048 && (chunk[to]! >= 0x80 || chunk[to + 1]! >= 0x80)) to += 1;
      const piece = chunk.subarray(Math.max(0, at - 12), Math.min(chunk.length, to + 12));
      this.pieces.push(Buffer.from(piece), Buffer.from('\n'));
      this.length += piece.length + 1;
      this.highBytes += Math.max(0, to - at - 1);
      at = to;
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}
