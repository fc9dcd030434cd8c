import { Link, useLocation } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Search = Record<string, unknown>;

/** A link to the page shown now with something in its address changed. */
export function HereLink({
  change,
  ...props
}: { change: Search } & Omit<ComponentProps<'a'>, 'href' | 'ref'>) {
  const { pathname } = useLocation();
  // The page may be any route, so its search is not known to the types here.
  const search = (before: Search) => ({ ...before, ...change });
  return <Link {...props} to={pathname} search={search} />;
}
