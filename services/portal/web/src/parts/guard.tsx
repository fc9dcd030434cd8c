import type { ReactNode } from 'react';
import { may, useSession } from '../api/hooks';
import type { Permission } from '../api/portal';
import { useWords } from '../intl/words';
import { useSignInAddress } from '../shell/header';
import { PageTop } from './page';
import { Skeleton } from './skeleton';
import { TroubleBox } from './trouble';

/** Shows a page to those who may see it, and tells others the way in. */
export function Guard({ needs, children }: { needs?: Permission; children: ReactNode }) {
  const { t } = useWords();
  const session = useSession();
  const address = useSignInAddress();
  if (session.isPending) return <Skeleton height="line-height" />;
  if (session.isError) return <TroubleBox error={session.error} retry={() => void session.refetch()} />;
  if (!session.data.member) {
    return (
      <PageTop title={t('work.guard.signIn')} lead={t('work.guard.signIn.lead')}>
        <p className="actions guard-actions">
          <a className="button primary" href={address}>
            {t('shell.signIn')}
          </a>
        </p>
      </PageTop>
    );
  }
  if (needs && !may(session.data, needs)) {
    return <PageTop title={t('work.guard.forbidden')} lead={t('trouble.forbidden.cure')} />;
  }
  return children;
}
