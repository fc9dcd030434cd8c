import { fold } from '@followthrough/vocabulary';
import { cellText } from '../words';

export interface NumberedText {
  /** '' where the text bears no number */
  paragraph: string;
  /** as printed, with the recommending States in brackets */
  text: string;
  /** what follows `Source of position:`, '' where nothing does */
  positionSource: string;
  /** a position letter before the number, as in the first cycle: `A - 71.2 ...` */
  positionLetter: string;
}

const SOURCE = /^(source of (the )?positions?|source de la position|fuente de la posicion)\s*:?/;
const NUMBER =
  /^(?:([A-Z]{1,2})\s*[-–]\s*)?(\d{1,3}(?:\s?\.\s?\d{1,3})*)(?:\s?[.)]|(?=[\s\p{Lu}])|$)[\s\u2002-\u200a]*/u;

/**
 * The texts of a recommendation cell. Usually one; where a cell holds several numbers of the same series, each
 * begins a text of its own. A number stays as printed: 140.10 is not 140.1.
 */
export function numberedTexts(cell: string): NumberedText[] {
  const texts: NumberedText[] = [];
  let current: NumberedText | null = null;
  for (const line of cellText(cell).split('\n')) {
    const text = line.replace(/[\t\u00a0\u200b\ufeff ]+/g, ' ').trim();
    if (text === '') continue;
    const source = SOURCE.exec(fold(text));
    if (source) {
      const said = text.slice(text.indexOf(':') + 1 || source[0].length).trim();
      if (current)
        current.positionSource = current.positionSource === '' ? said : `${current.positionSource}; ${said}`;
      continue;
    }
    const inline = /\s*Source of [Pp]osition\s*:\s*(.*)$/.exec(text);
    const content = inline ? text.slice(0, inline.index) : text;
    const number = NUMBER.exec(content);
    if (number && begins(number[2]!, content.slice(number[0].length), current)) {
      current = {
        paragraph: number[2]!.replace(/\s/g, ''),
        text: content.slice(number[0].length),
        positionSource: '',
        positionLetter: number[1] ?? '',
      };
      texts.push(current);
    } else if (current) current.text = current.text === '' ? content : `${current.text}\n${content}`;
    else texts.push((current = { paragraph: '', text: content, positionSource: '', positionLetter: '' }));
    if (inline && current) current.positionSource = inline[1]!.trim();
  }
  return texts;
}

/** Whether a number at the head of a line begins a text, and is not a figure of the sentence before. */
function begins(number: string, rest: string, current: NumberedText | null): boolean {
  if (current === null) return number.includes('.') || !/^\p{Ll}/u.test(rest);
  const series = number.split('.')[0];
  return number.includes('.') && current.paragraph.split('.')[0] === series && !/^\p{Ll}/u.test(rest);
}
