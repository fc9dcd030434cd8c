/** A place in a file: 1-based, `column` in characters. */
export interface Place {
  line: number;
  column: number;
}

export const START: Place = { line: 1, column: 1 };

/** Where `to` is when `from`, an offset into `bytes` (UTF-8 as latin1), is at `place`. */
export function placeAfter(place: Place, bytes: string, from: number, to: number): Place {
  let { line } = place;
  let lineStart = -1;
  for (let feed = bytes.indexOf('\n', from); feed >= 0 && feed < to; feed = bytes.indexOf('\n', feed + 1)) {
    line += 1;
    lineStart = feed + 1;
  }
  if (lineStart < 0) return { line, column: place.column + characters(bytes, from, to) };
  return { line, column: 1 + characters(bytes, lineStart, to) };
}

/** Bytes that begin a character; the others are continuations (RFC 3629). */
function characters(bytes: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if ((bytes.charCodeAt(at) & 0xc0) !== 0x80) count += 1;
  return count;
}
