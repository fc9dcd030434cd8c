/** A place in a file: 1-based, `column` in characters. */
export interface Place {
  line: number;
  column: number;
}

export const START: Place = { line: 1, column: 1 };

/**
 * Where `to` is when `from`, an offset into `bytes` (UTF-8 as latin1), is at `place`. Bytes that continue a character
 * (RFC 3629) count for nothing.
 */
export function placeAfter(place: Place, bytes: string, from: number, to: number): Place {
  let { line, column } = place;
  for (let at = from; at < to; at += 1) {
    const code = bytes.charCodeAt(at);
    if (code === 10) {
      line += 1;
      column = 1;
    } else if ((code & 0xc0) !== 0x80) column += 1;
  }
  return { line, column };
}

/** Places in one text, asked for mostly in order: what was counted is not counted again. */
export class PlaceCursor {
  private offset = 0;
  private place: Place;

  /** @param start where the text begins in its file */
  constructor(
    private readonly start: Place,
    private readonly bytes: string,
  ) {
    this.place = start;
  }

  at(offset: number): Place {
    const onwards = offset >= this.offset;
    this.place = placeAfter(onwards ? this.place : this.start, this.bytes, onwards ? this.offset : 0, offset);
    this.offset = offset;
    return this.place;
  }
}
