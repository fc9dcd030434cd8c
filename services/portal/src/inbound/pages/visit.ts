import { currentContext } from '@followthrough/service-kit';
import type { Request, Response } from 'express';
import { SHORTEST_PASSWORD } from '../../domain/account/password-rules';
import { acceptedLanguages, pageLocale, type PageLocale } from '../../domain/account/locales';
import { cookieOptions, readCookie } from '../cookies';
import type { Html } from './html';
import { page } from './page';
import { fill, pageTexts, type PageTexts } from './page-texts';

const LANGUAGE_COOKIE = 'ft_lang';

/** One request for a page: in which language, and how to answer it. */
export class Visit {
  readonly locale: PageLocale;
  readonly texts: PageTexts;
  /** Network address of the caller. */
  readonly place: string;

  /** @param wished languages that the request asks for by other means, best first */
  constructor(
    readonly request: Request,
    readonly response: Response,
    secure: boolean,
    wished: readonly string[] = [],
  ) {
    const asked = one(request.query.lang);
    this.locale = pageLocale(
      asked,
      readCookie(request, LANGUAGE_COOKIE),
      ...wished,
      ...acceptedLanguages(request.headers['accept-language']),
    );
    this.texts = pageTexts[this.locale];
    this.place = request.ip ?? 'unknown';
    if (asked) response.cookie(LANGUAGE_COOKIE, this.locale, cookieOptions(secure));
  }

  /** A parameter of the address. */
  query(name: string): string {
    return one(this.request.query[name]);
  }

  /** A field of the form that was sent. */
  field(name: string): string {
    return one((this.request.body as Record<string, unknown> | undefined)?.[name]);
  }

  say(text: keyof PageTexts, values: Record<string, string | number> = {}): string {
    return fill(this.texts[text], { shortest: SHORTEST_PASSWORD, ...values });
  }

  /** What was wrong, for a slug or a fault of ours; what nobody foresaw gets a reference. */
  fault(name: string, values: Record<string, string | number> = {}): string {
    const key = `fault.${name}` as keyof PageTexts;
    if (key in this.texts) return this.say(key, values);
    return this.say('fault.unforeseen', { reference: currentContext()?.correlationId ?? '' });
  }

  /** @param here address for the choice of language, null where the page can't be asked for again */
  show(status: number, title: string, body: Html, here: string | null): void {
    this.response
      .status(status)
      .set('cache-control', 'no-store')
      .set('content-language', this.locale)
      .type('html')
      .send(page({ locale: this.locale, title, body, here }));
  }
}

function one(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
