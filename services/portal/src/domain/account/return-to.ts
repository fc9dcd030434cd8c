const START = '/';

/**
 * The page to go to after sign-in. Only a path of our own is taken: another host, a scheme, a backslash that
 * browsers read as a slash, or control characters give the start page.
 */
export function safeReturnTo(asked: unknown, publicUrl: string): string {
  if (typeof asked !== 'string' || asked.length > 2000) return START;

  if (!/^\/(?![/\\])/.test(asked) || /[\\\u0000-\u001f\u007f]/.test(asked)) return START;
  const own = new URL(publicUrl);
  if (!URL.canParse(asked, publicUrl)) return START;
  const target = new URL(asked, own);
  if (target.origin !== own.origin || /^\/(sign-in|sign-out|oidc|api)(\/|$)/.test(target.pathname))
    return START;
  // Steps are taken only now: /.//host is a path when it is asked for and another host when it is gone to.
  if (target.pathname.startsWith('//')) return START;
  return `${target.pathname}${target.search}${target.hash}`;
}
