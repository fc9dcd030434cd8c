/** Markup that is safe to put into a page as it stands. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = string | number | null | false | Html | readonly Html[];

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup with values; a value that is not itself markup is escaped, in text and in quoted attributes alike. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.reduce((markup, text, index) => markup + markupOf(parts[index - 1] ?? '') + text));
}

function markupOf(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map((one) => one.markup).join('');
  return String(part).replace(/[&<>"']/g, (character) => named[character]!);
}
