import type { RecommendationFilter } from '@followthrough/contracts';
import { directionOf, escapeHtml, type MailLocale } from '@followthrough/mail';
import { describeFilter } from './describe-filter';
import { fill, textsIn } from './texts/texts';

const STYLE = `
body{margin:0;background:#faf8f3;color:#18222c;font:17px/1.5 'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif}
main{max-width:34rem;margin:12vh auto;padding:0 16px}
h1{font:600 28px/1.3 'Source Serif 4',Georgia,serif}
button{min-height:44px;padding:8px 24px;border:0;border-radius:8px;background:#0a5263;color:#fff;font:inherit;font-weight:600}
button:focus-visible{outline:3px solid #b8500c;outline-offset:2px}
[dir=rtl] body{line-height:1.8}`;

/**
 * The page behind a link that stops mails: no script, no cookie, nothing from elsewhere.
 * @param step `ask` shows the button, `done` that it has been pressed
 * @param filter what would no longer be followed; null: all mail
 */
export function unsubscribePage(
  step: 'ask' | 'done' | 'unknown',
  locale: MailLocale,
  filter: RecommendationFilter | null,
): string {
  const { page } = textsIn[locale];
  const question = filter ? fill(page.askOne, { filter: describeFilter(filter, locale) }) : page.askAll;
  const body = {
    ask: `<p>${escapeHtml(question)}</p><form method="post"><button>${escapeHtml(page.button)}</button></form>`,
    done: `<p role="status">${escapeHtml(page.done)}</p>`,
    unknown: `<p>${escapeHtml(page.unknown)}</p>`,
  }[step];
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${escapeHtml(page.title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(page.title)}</h1>${body}</main></body></html>
`;
}
