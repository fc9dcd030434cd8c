const libraries =
  /\/node_modules\/(react|react-dom|scheduler|react-intl|intl-messageformat|use-sync-external-store|@tanstack|@formatjs)\//;
const onlyForWriting = /\/(useMutation|mutationObserver)\.js$/;
const ours = /\/web\/src\/(intl|shell|main|router|search)\b/;
const calls = /\/web\/src\/api\/(client|filter|hooks|portal|recommendations|notifications|sign-out)\b/;
const parts = /\/web\/src\/parts\/(icon|here|page|record|badge|thread|trouble|skeleton|empty|filter-words)\b/;
const pages = /\/web\/src\/pages\/(not-found|more-words)\b/;

/**
 * What every public page needs travels as one file: a dozen small ones are a dozen requests and pack worse.
 */
export function isBase(id: string): boolean {
  return !onlyForWriting.test(id) && [libraries, ours, calls, parts, pages].some((which) => which.test(id));
}
