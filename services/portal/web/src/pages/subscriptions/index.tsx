import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { filterOf, filterSize } from '../../api/filter';
import { notifications } from '../../api/notifications';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { NewSubscription } from './new-subscription';
import { OneSubscription } from './one-subscription';
import { VerifyAddress } from './verify-address';
import './subscriptions.css';

/** What one follows; a filter in the address is one to follow next. */
export function Subscriptions() {
  return (
    <Guard>
      <List />
    </Guard>
  );
}

function List() {
  const { t } = useWords();
  const search = useSearch({ from: '/work/subscriptions' });
  const filter = filterOf(search);
  const held = useQuery({ queryKey: ['subscriptions'], queryFn: notifications.subscriptions });
  const wished = filterSize(filter) > 0;
  return (
    <>
      <PageTop title={t('nav.subscriptions')} lead={t('work.subscriptions.lead')}>
        <p className="actions page-actions">
          <Link to="/recommendations" search={filter} className="button">
            <Icon name="filter" /> {t('follow.choose')}
          </Link>
        </p>
      </PageTop>
      {search.verify && <VerifyAddress token={search.verify} />}
      {wished && <NewSubscription key={JSON.stringify(filter)} filter={filter} />}
      {held.isPending && <Skeleton height="line-height" />}
      {held.isError && <TroubleBox error={held.error} retry={() => void held.refetch()} />}
      {held.data && !held.data.subscriptions.length && !wished && (
        <Empty title={t('work.subscriptions.none')}>
          <p>{t('work.subscriptions.none.cure')}</p>
        </Empty>
      )}
      {held.data && held.data.subscriptions.length > 0 && (
        <section aria-labelledby="held-subscriptions">
          <h2 id="held-subscriptions">{t('work.subscriptions.held')}</h2>
          <ul className="subscriptions">
            {held.data.subscriptions.map((one) => (
              <OneSubscription key={one.id} subscription={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
