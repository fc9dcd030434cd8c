/**
 * The shapes in which UHRI's texts carry their number: `Recommendation No. 41, para. 81: 41. Advance ...`,
 * `Recommendations contained in para. 79(a): 79(a). Take ...`, `Recommendation contained in 25(a):`,
 * `paragraph 28:`, `137.197 Improve ...`, `67. To continue ...`. `2030 Agenda ...` is none of them.
 */
const INTRODUCED =
  /^(?:recommendations?|paragraphs?|para\.?)\b[^:]{0,60}?(\d{1,3}(?:\.\d{1,3})?(?:\s?\([a-z]+\))?)\s*:\s*/i;
const NUMBERED =
  /^(\d{1,3}\.\d{1,3}(?:\s?\([a-z]+\))?|\d{1,3}(?:\s?\([a-z]+\))?(?=\.))\.?\s*(?=\p{L}|["“«(])/iu;

export function numberedText(whole: string): { paragraph: string; text: string } {
  const text = whole.trim();
  // A heading of the report may stand above the paragraph: it has no full stop and no number.
  const heading = /^([^\n]{1,120}[^\n.:;])\s*\n\s*(?=\d)/.exec(text);
  const direct = withoutNumber(text);
  if (direct.paragraph !== '' || !heading) return direct;
  const below = withoutNumber(text.slice(heading[0].length));
  return below.paragraph === '' ? direct : { ...below, text: `${heading[1]!.trim()}\n${below.text}` };
}

function withoutNumber(whole: string): { paragraph: string; text: string } {
  let text = whole;
  let paragraph = '';
  const introduced = INTRODUCED.exec(text);
  if (introduced) {
    paragraph = introduced[1]!;
    text = text.slice(introduced[0].length);
  }
  const numbered = NUMBERED.exec(text);
  if (
    numbered &&
    (paragraph === '' || same(numbered[1]!, paragraph) || introduced![0].includes(numbered[1]!))
  ) {
    paragraph = numbered[1]!;
    text = text.slice(numbered[0].length);
  }
  return { paragraph: paragraph.replace(/\s/g, ''), text };
}

function same(a: string, b: string): boolean {
  return a.replace(/\s/g, '') === b.replace(/\s/g, '');
}

/** Text of a cell that holds HTML, as some exports do; paragraphs stay apart. */
export function withoutTags(text: string): string {
  if (!/<\/?[a-z][^>]*>/i.test(text)) return text;
  return text
    .replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\n\s*\n+/g, '\n')
    .trim();
}
