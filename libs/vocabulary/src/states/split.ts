import { decodeEntities } from './key';
import { matchState, type ResolveOptions } from './resolve';

/**
 * The names in a list of States as documents write them, each as it stands there, in order: `(France) (Lithuania)`,
 * `(Portugal, Slovakia)`, `join (Algeria)/ratify (Egypt)`, `(Iran (Islamic Republic of))`, `Uzbekistan - Czechia`,
 * one a line. Names that contain the separators stay whole ("Bosnia and Herzegovina", "Timor-Leste",
 * "Korea, Republic of"). What resolves to no State is returned all the same, except prose between brackets.
 */
export function splitStates(list: string, options: ResolveOptions = {}): string[] {
  const isState = (name: string) => matchState(name, options) !== null;
  const text = decodeEntities(list).trim();
  if (text === '') return [];
  if (isState(text) && !isWrapped(text)) return [text];
  const parts = topLevel(text);
  const names: string[] = [];
  const outside: string[] = [];
  let grouped = false;
  for (const [at, part] of parts.entries()) {
    if (!part.bracketed) {
      outside.push(part.text);
      continue;
    }
    const before = parts[at - 1];
    const name = before && !before.bracketed ? lastPiece(before.text) : '';
    const whole = `${name} (${part.text})`;
    if (name !== '' && isState(whole)) {
      outside.push(outside.pop()?.slice(0, -name.length).trimEnd() ?? '');
      names.push(...plainNames(outside.splice(0), isState), whole);
    } else {
      names.push(
        ...plainNames(outside.splice(0), isState).filter(isState),
        ...splitStates(part.text, options),
      );
      grouped = true;
    }
  }
  const rest = plainNames(outside, isState);
  return [...names, ...(grouped ? rest.filter(isState) : rest)];
}

interface Part {
  text: string;
  bracketed: boolean;
}

/** Text outside brackets and the contents of brackets, outermost level only. An unclosed bracket ends with the text. */
function topLevel(text: string): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  const push = (end: number, bracketed: boolean) => {
    const content = text.slice(start, end).trim();
    if (content !== '') parts.push({ text: content, bracketed });
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '(' || letter === '[' || letter === '（') {
      if (depth === 0) {
        push(at, false);
        start = at + 1;
      }
      depth += 1;
    } else if ((letter === ')' || letter === ']' || letter === '）') && depth > 0) {
      depth -= 1;
      if (depth === 0) {
        push(at, true);
        start = at + 1;
      }
    }
  }
  push(text.length, depth > 0);
  return parts;
}

/** Whether the whole text is one bracket and its contents. */
function isWrapped(text: string): boolean {
  const [only, ...others] = topLevel(text);
  return others.length === 0 && only?.bracketed === true;
}

const separators = /[,;،、؛|\n\r/]|\s[-–—]\s/u;

function lastPiece(text: string): string {
  return (text.split(separators).pop() ?? '').trim();
}

/** Names in text without brackets. */
function plainNames(texts: string[], isState: (name: string) => boolean): string[] {
  return texts.flatMap((text) => {
    const pieces = text
      .split(separators)
      .map(tidy)
      .filter((piece) => piece !== '');
    return joined(pieces, isState).flatMap((piece) => splitWords(piece, isState));
  });
}

/** Bullets, full stops and an "and" before the last name are no part of a name. */
function tidy(piece: string): string {
  return piece
    .replace(/^[\s\-–—•·:.]+/u, '')
    .replace(/[\s:]+$/u, '')
    .replace(/(?<!\b\p{L}|\b(?:Rep|Fed|Dem))\.$/u, '')
    .replace(/^(?:and|et|y|и)\s+/iu, '')
    .trim();
}

/** "Korea" and "Republic of" are one name again: pieces that are no State alone but are one with their neighbour. */
function joined(pieces: string[], isState: (name: string) => boolean): string[] {
  const names: string[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] ?? '';
    const next = pieces[at + 1];
    const whole = `${piece}, ${next}`;
    if (next !== undefined && !isState(next) && isState(whole)) {
      names.push(whole);
      at += 1;
    } else names.push(piece);
  }
  return names;
}

/** Names joined by "and", or by hyphens without spaces, where the pieces are States and the whole is not. */
function splitWords(piece: string, isState: (name: string) => boolean): string[] {
  if (isState(piece)) return [piece];
  const byAnd = regroup(piece, /\s+(?:and|et|y|и|&)\s+/iu, isState);
  if (byAnd && byAnd.some(isState)) return byAnd.flatMap((name) => splitWords(name, isState));
  const byHyphen = regroup(piece, /\s*[-–—]\s*/u, isState);
  return byHyphen?.every(isState) ? byHyphen : [piece];
}

/**
 * The piece cut at a separator, with neighbours put together again where only that makes a State ("Antigua and
 * Barbuda and France"). Null where there is nothing to cut.
 */
function regroup(piece: string, separator: RegExp, isState: (name: string) => boolean): string[] | null {
  const cuts: { from: number; to: number }[] = [];
  let from = 0;
  for (const found of piece.matchAll(new RegExp(separator, `g${separator.flags}`))) {
    cuts.push({ from, to: found.index });
    from = found.index + found[0].length;
  }
  if (cuts.length === 0) return null;
  cuts.push({ from, to: piece.length });
  const names: string[] = [];
  for (let at = 0; at < cuts.length; at += 1) {
    let end = at;
    for (let further = cuts.length - 1; further > at; further -= 1) {
      if (isState(piece.slice(cuts[at]?.from, cuts[further]?.to))) {
        end = further;
        break;
      }
    }
    names.push(piece.slice(cuts[at]?.from, cuts[end]?.to).trim());
    at = end;
  }
  return names;
}
