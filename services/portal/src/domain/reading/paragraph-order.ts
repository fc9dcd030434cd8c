/**
 * A key under which plain string comparison puts paragraphs in the order of the document: 140.2 before 140.10,
 * and 140.10 apart from 140.1. Numbers are padded to six digits; letters stay ("5 bis", "12(a)").
 */
export function paragraphKey(paragraph: string): string {
  return paragraph
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(6, '0'));
}
