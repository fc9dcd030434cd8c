import { Problem } from '@followthrough/service-kit';

const LAST_PAGE = 100_000;

/** @throws Problem where it is no page number */
export function pageOf(asked: string | string[] | undefined): number {
  if (asked === undefined || asked === '') return 1;
  const page = Number(asked);
  if (Number.isInteger(page) && page >= 1 && page <= LAST_PAGE) return page;
  throw new Problem('invalid', 'page-not-understood', 'page is a whole number from 1.');
}
