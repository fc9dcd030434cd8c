import { useWords } from '../../intl/words';
import { Guard } from '../../parts/guard';
import { PageTop } from '../../parts/page';
import { DeliveryOutcomes } from './delivery-outcomes';
import { ParkedEvents } from './parked-events';
import { ServicesTable } from './services-table';
import { SubscriptionsTable } from './subscriptions-table';
import './operations.css';

/** The whole flow, for who runs the installation: services, events, what waits for a person, jobs, mails. */
export function Operations() {
  const { t } = useWords();
  return (
    <Guard needs="operations">
      <PageTop title={t('nav.operations')} lead={t('work.operations.lead')} />
      <div className="operations">
        <ServicesTable />
        <SubscriptionsTable />
        <ParkedEvents />
        <DeliveryOutcomes />
      </div>
    </Guard>
  );
}
