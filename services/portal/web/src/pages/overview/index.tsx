import { lazy, Suspense } from 'react';
import { useSession } from '../../api/hooks';
import { Skeleton } from '../../parts/skeleton';
import { Overview } from './overview';

const Welcome = lazy(() => import('../welcome'));

/** The first page: both ways in while the installation is empty, else what is here. */
export function Start() {
  const session = useSession();
  if (session.isPending) return <Skeleton rows={3} />;
  return session.data?.instance.empty ? (
    <Suspense fallback={<Skeleton rows={3} />}>
      <Welcome session={session.data} />
    </Suspense>
  ) : (
    <Overview />
  );
}
