import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { filterOf, type Filter, type FilterField } from '../../api/filter';
import { useMay } from '../../api/hooks';
import { portal } from '../../api/portal';
import { recommendations, type Internal } from '../../api/recommendations';
import type { ListSearch } from '../../search';

/** The list as its address says it, and the ways to change that address. */
export function useList() {
  const search = useSearch({ from: '/recommendations' });
  const navigate = useNavigate({ from: '/recommendations' });
  const filter = filterOf(search);
  const query = { ...filter, page: search.page, sort: search.sort };
  const list = useQuery({
    queryKey: ['recommendations', query],
    queryFn: ({ signal }) => portal.recommendations(query, signal),
    placeholderData: keepPreviousData,
  });
  const change = (next: Partial<ListSearch>, replace = false) =>
    void navigate({
      to: '/recommendations',
      search: (before: ListSearch) => ({ ...before, page: undefined, ...next }),
      resetScroll: false,
      replace,
    });
  return {
    search,
    filter,
    list,
    change,
    /** Adds or takes away one value of a field. */
    toggle: (field: FilterField, value: string) => {
      const held = filter[field] ?? [];
      const next = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
      change({ [field]: next.length ? next : undefined });
    },
    clear: () => {
      void navigate({
        to: '/recommendations',
        search: ({ sort }: ListSearch) => ({ sort }),
        resetScroll: false,
      });
    },
  };
}

/** The owner of the internal fields lists fifty a page, the read model twenty: which of the former hold one of the latter. */
function ownerPages(page: number): number[] {
  const first = Math.floor(((page - 1) * 20) / 50) + 1;
  const last = Math.floor((page * 20 - 1) / 50) + 1;
  return first === last ? [first] : [first, last];
}

/** Internal fields of the rows shown, for those who may see them, by recommendation. */
export function useInternal(filter: Filter, search: ListSearch): Map<string, Internal> {
  const allowed = useMay('recommendations.internal.read');
  const query = { ...filter, sort: search.sort };
  const pages = ownerPages(search.page ?? 1);
  const owned = useQuery({
    queryKey: ['internal', query, pages],
    queryFn: ({ signal }) =>
      Promise.all(pages.map((page) => recommendations.page({ ...query, page }, signal))),
    enabled: allowed,
  });
  const rows = owned.data?.flatMap((page) => page.recommendations) ?? [];
  return new Map(rows.flatMap((row) => (row.internal ? [[row.id, row.internal] as const] : [])));
}
