import { useQuery } from '@tanstack/react-query';
import { notifications } from './notifications';
import { portal, type Permission, type Session } from './portal';

/** Who is signed in, and in what state the installation is. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: portal.session, staleTime: 60_000 });
}

/** May the person do this? False until the session is known. */
export function useMay(permission: Permission): boolean {
  return may(useSession().data, permission);
}

export function may(session: Session | undefined, permission: Permission): boolean {
  return session?.member?.permissions.includes(permission) ?? false;
}

/** The person's own settings; asked for only when somebody is signed in. */
export function useMe() {
  const signedIn = Boolean(useSession().data?.member);
  return useQuery({ queryKey: ['me'], queryFn: notifications.me, enabled: signedIn, staleTime: 60_000 });
}

/** Unread notices, for the navigation. */
export function useUnread(): number {
  const signedIn = Boolean(useSession().data?.member);
  const inbox = useQuery({
    queryKey: ['inbox', 1],
    queryFn: () => notifications.inbox(1),
    enabled: signedIn,
    refetchInterval: 60_000,
  });
  return inbox.data?.unread ?? 0;
}

/** The States whose recommendations are here. */
export function useStates() {
  return useQuery({ queryKey: ['states'], queryFn: portal.states, staleTime: 60_000 });
}
