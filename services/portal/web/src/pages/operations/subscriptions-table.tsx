import { useState } from 'react';
import type { SnapshotTaken, Subscription } from '../../api/operations';
import { useWords } from '../../intl/words';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { serviceWord, useStandings } from './hooks';
import { RenewBox } from './renew-box';

/** Who reads which events, how far behind, and how far its copy is. */
export function SubscriptionsTable() {
  const { t, number } = useWords();
  const standings = useStandings();
  const [renewed, setRenewed] = useState<Subscription | null>(null);
  const said = standings.data ?? [];
  const rows = said.flatMap(({ service, answer }) =>
    (answer?.subscriptions ?? []).map((subscription) => ({
      service,
      subscription,
      taken: answer!.snapshots.taken.filter((one) => one.subscription === subscription.subscription),
    })),
  );
  const failed = said.find(({ error }) => error !== null);
  return (
    <section aria-labelledby="operations-events">
      <h2 id="operations-events">{t('work.operations.events')}</h2>
      <p className="small muted">{t('work.operations.events.hint')}</p>
      {standings.isPending && <Skeleton rows={2} height="line-height" />}
      {failed && <TroubleBox error={failed.error} retry={() => void standings.refetch()} />}
      {rows.length > 0 && (
        <div className="table-box" tabIndex={0} role="region" aria-label={t('work.operations.events')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('work.operations.subscription')}</th>
                <th scope="col">{t('work.operations.lag')}</th>
                <th scope="col">{t('work.operations.deferred')}</th>
                <th scope="col">{t('work.operations.parked')}</th>
                <th scope="col">{t('work.operations.copy')}</th>
                <th scope="col">
                  <span className="hidden-words">{t('work.operations.renew')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ service, subscription, taken }) => (
                <tr key={subscription.subscription}>
                  <th scope="row">
                    {t(serviceWord(service))}
                    <bdi className="code subscription-name">{subscription.subscription}</bdi>
                  </th>
                  <td>
                    {subscription.lag === null ? t('work.operations.silent') : number(subscription.lag)}
                  </td>
                  <td>{number(subscription.deferred)}</td>
                  <td>
                    {subscription.parked > 0 ? (
                      <span className="badge bad">{number(subscription.parked)}</span>
                    ) : (
                      number(0)
                    )}
                  </td>
                  <td>
                    <CopyStanding taken={taken} />
                  </td>
                  <td>
                    {subscription.replayable.length > 0 && (
                      <button type="button" className="button small" onClick={() => setRenewed(subscription)}>
                        {t('work.operations.renew')}
                        <span className="hidden-words"> {subscription.subscription}</span>
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {renewed && <RenewBox subscription={renewed} close={() => setRenewed(null)} />}
    </section>
  );
}

function CopyStanding({ taken }: { taken: SnapshotTaken[] }) {
  const { t, moment, number } = useWords();
  return taken.map((one) => (
    <p key={one.topic}>
      <bdi className="code">{one.topic}</bdi>{' '}
      {one.doneAt
        ? t('work.operations.copy.whole', { when: moment(one.doneAt) })
        : t('work.operations.copy.part', { taken: number(one.taken), total: number(one.total) })}
    </p>
  ));
}
