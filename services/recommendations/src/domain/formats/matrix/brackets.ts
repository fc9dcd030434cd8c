/** A bracketed part of a text at its top level: `(Venezuela (Bolivarian Republic of))` is one. */
export interface Bracket {
  start: number;
  /** behind the closing bracket, or the end of the text where it is missing */
  end: number;
  content: string;
}

/** Brackets of a text, outermost only; one that is never closed reaches to the end. */
export function brackets(text: string): Bracket[] {
  const found: Bracket[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (text[at] === ')' && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push({ start, end: at + 1, content: text.slice(start + 1, at) });
    }
  }
  if (depth > 0) {
    found.push({ start, end: text.length, content: text.slice(start + 1).replace(/[;.\s]+$/, '') });
  }
  return found;
}
