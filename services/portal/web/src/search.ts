import { filterFields, type Filter, type FilterField } from './api/filter';
import type { Standing } from './api/rounds';
import { isLocale, type Locale } from './intl/locale';

type Raw = Record<string, unknown>;

const standings: Standing[] = ['released', 'answered', 'returned', 'late', 'at-risk', 'waiting'];

/** `?a=1&b=x&b=y` to `{ a: '1', b: ['x', 'y'] }`: addresses people can read, type and send. */
export function parseSearch(text: string): Raw {
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const known = found[key];
    found[key] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return found;
}

/** The reverse; what is unset or empty leaves no trace in the address. */
export function stringifySearch(search: Raw): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' ? one : typeof one === 'number') pairs.append(key, String(one));
    }
  }
  const text = pairs.toString();
  return text ? `?${text}` : '';
}

const text = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && one ? one : typeof one === 'number' ? String(one) : undefined;
};
const texts = (value: unknown): string[] | undefined => {
  const all = (Array.isArray(value) ? value : [value]).map(text).filter((one) => one !== undefined);
  return all.length ? [...new Set(all)] : undefined;
};
const pageNumber = (value: unknown): number | undefined => {
  const page = Number(text(value));
  return Number.isInteger(page) && page > 1 ? page : undefined;
};

export interface RootSearch {
  lang?: Locale;
}
export function rootSearch(raw: Raw): RootSearch {
  const lang = text(raw.lang);
  return isLocale(lang) ? { lang } : {};
}

/** What a service would refuse; an address with a slip in it shows the list without that value. */
const accepted: { [Field in FilterField]?: RegExp } = {
  position: /^(supported|partly|noted|pending|unclear|none)$/,
  sdg: /^(none|([1-9]|1[0-7])(\.\w+)?)$/,
  stateUnderReview: /^([A-Z]{3}|none)$/,
  recommendingState: /^([A-Z]{3}|none)$/,
  cycle: /^\d+$/,
  session: /^\d+$/,
  kind: /^(recommendation|pledge)$/,
  actionCategory: /^[0-5]$/,
};

export type Sort = 'paragraph' | 'newest';
export interface ListSearch extends Filter {
  page?: number;
  sort?: Sort;
  /** Internal fields, for those who may see them. */
  leadInstitution?: string[];
  status?: string[];
}
/** The list: every state of its filters is an address. Values that make no sense are dropped. */
export function listSearch(raw: Raw): ListSearch {
  const search: ListSearch = {};
  for (const field of filterFields) {
    const values = texts(raw[field])?.filter((value) => accepted[field]?.test(value) ?? true);
    if (values?.length) search[field] = values;
  }
  const q = text(raw.q);
  if (q) search.q = q;
  const page = pageNumber(raw.page);
  if (page) search.page = page;
  if (text(raw.sort) === 'newest') search.sort = 'newest';
  const lead = texts(raw.leadInstitution);
  if (lead) search.leadInstitution = lead;
  const status = texts(raw.status);
  if (status) search.status = status;
  return search;
}

export interface PageSearch {
  page?: number;
}
export function pageSearch(raw: Raw): PageSearch {
  const page = pageNumber(raw.page);
  return page ? { page } : {};
}

export interface FromSearch extends PageSearch {
  /** ISO date: changes since that day. */
  since?: string;
}
export function fromSearch(raw: Raw): FromSearch {
  const since = text(raw.since);
  return { ...pageSearch(raw), ...(since && /^\d{4}-\d{2}-\d{2}$/.test(since) ? { since } : {}) };
}

export interface ImportSearch {
  /** `columns` goes back to matching columns although the file could be read. */
  step?: 'columns';
  show?: 'new' | 'changed' | 'unchanged' | 'rejected' | 'questions';
  page?: number;
}
export function importSearch(raw: Raw): ImportSearch {
  const show = text(raw.show);
  return {
    ...pageSearch(raw),
    ...(text(raw.step) === 'columns' ? { step: 'columns' as const } : {}),
    ...(show === 'new' ||
    show === 'changed' ||
    show === 'unchanged' ||
    show === 'rejected' ||
    show === 'questions'
      ? { show }
      : {}),
  };
}

/** The link of a mail, and which of its tasks is shown. */
export interface AskedSearch {
  link?: string;
  task?: string;
}
export function askedSearch(raw: Raw): AskedSearch {
  const [link, task] = [text(raw.link), text(raw.task)];
  return { ...(link ? { link } : {}), ...(task ? { task } : {}) };
}

export interface BoardSearch {
  standing?: Standing;
  task?: string;
}
export function boardSearch(raw: Raw): BoardSearch {
  const [standing, task] = [standings.find((one) => one === text(raw.standing)), text(raw.task)];
  return { ...(standing ? { standing } : {}), ...(task ? { task } : {}) };
}

export interface DirectorySearch {
  part?: 'organisations' | 'invitations' | 'service-accounts';
}
export function directorySearch(raw: Raw): DirectorySearch {
  const part = text(raw.part);
  return part === 'organisations' || part === 'invitations' || part === 'service-accounts' ? { part } : {};
}

/** What to follow next, or the token of the link that proves an address. */
export interface SubscriptionSearch extends ListSearch {
  verify?: string;
}
export function subscriptionSearch(raw: Raw): SubscriptionSearch {
  const verify = text(raw.verify);
  return { ...listSearch(raw), ...(verify ? { verify } : {}) };
}

export interface TokenSearch {
  token?: string;
}
export function tokenSearch(raw: Raw): TokenSearch {
  const token = text(raw.token);
  return token ? { token } : {};
}

export interface MailSearch extends PageSearch {
  mail?: string;
}
export function mailSearch(raw: Raw): MailSearch {
  const mail = text(raw.mail);
  return { ...pageSearch(raw), ...(mail ? { mail } : {}) };
}
