import { pageLocales, type PageLocale } from '../../domain/account/locales';
import { html, type Html } from './html';
import { pageTexts, type PageTexts } from './page-texts';

export interface Page {
  locale: PageLocale;
  title: string;
  body: Html;
  /** Address of this page without `lang`, for the choice of language; null where it can't be asked for again. */
  here: string | null;
}

/** A whole page: plain HTML that works without script. */
export function page({ locale, title, body, here }: Page): string {
  const texts = pageTexts[locale];
  return html`<!doctype html>
    <html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${texts.product}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/sign-in/pages.css" />
        <script src="/sign-in/pages.js" defer></script>
      </head>
      <body>
        <header>
          <a class="brand" href="/"
            ><img src="/favicon.svg" alt="" width="32" height="32" />${texts.product}</a
          >
          ${here === null ? null : languages(locale, here)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.markup;
}

function languages(current: PageLocale, here: string): Html {
  const links = pageLocales
    .filter((locale) => locale !== current)
    .map(
      (locale) =>
        html`<a
          href="${here}${here.includes('?') ? '&' : '?'}lang=${locale}"
          lang="${locale}"
          hreflang="${locale}"
          >${pageTexts[locale].language}</a
        >`,
    );
  return html`<nav>${links}</nav>`;
}

/** A sentence that says what was wrong, announced by screen readers. */
export function faultNote(sentence: string | null): Html | null {
  return sentence === null ? null : html`<p class="fault" role="alert">${sentence}</p>`;
}

interface Field {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: string;
  value?: string;
  note?: string;
}

export function field({ name, label, type = 'text', autocomplete, value = '', note }: Field): Html {
  return html`<label for="${name}">${label}</label>
    ${note ? html`<p class="note" id="${name}-note">${note}</p>` : null}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      maxlength="320"
      ${note ? html`aria-describedby="${name}-note"` : null}
      required
    />`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

/** The two fields of a new password. */
export function newPasswordFields(texts: PageTexts, rule: string): Html {
  return html`${field({
    name: 'password',
    label: texts.newPassword,
    type: 'password',
    autocomplete: 'new-password',
    note: rule,
  })}
  ${field({ name: 'passwordAgain', label: texts.passwordAgain, type: 'password', autocomplete: 'new-password' })}`;
}
