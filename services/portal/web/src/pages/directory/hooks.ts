import { useQuery } from '@tanstack/react-query';
import { directory, type Organisation } from '../../api/directory';

/** All organisations, also as names by id. */
export function useOrganisations() {
  const list = useQuery({ queryKey: ['organisations'], queryFn: directory.organisations });
  const names = new Map<string, Organisation>((list.data?.organisations ?? []).map((one) => [one.id, one]));
  return { list, names };
}
