import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { filterFromBody, filterSize } from '../../api/filter';
import { notifications, type Subscription } from '../../api/notifications';
import { useWords } from '../../intl/words';
import { FilterWords } from '../../parts/filter-list';
import { TroubleLine } from '../../parts/trouble';
import { CadenceField } from './wish-fields';

/** One thing somebody follows: what, how often, and the ways to pause or end it. */
export function OneSubscription({ subscription }: { subscription: Subscription }) {
  const { t, list } = useWords();
  const cache = useQueryClient();
  const renew = () => cache.invalidateQueries({ queryKey: ['subscriptions'] });
  const change = useMutation({
    mutationFn: (to: Partial<Subscription>) => notifications.changeSubscription(subscription.id, to),
    onSuccess: renew,
  });
  const end = useMutation({ mutationFn: () => notifications.unsubscribe(subscription.id), onSuccess: renew });
  const filter = filterFromBody(subscription.filter);
  const paused = subscription.state === 'paused';
  return (
    <li className="card subscription">
      <div className="subscription-what">
        {filterSize(filter) ? <FilterWords filter={filter} /> : <p>{t('follow.everything')}</p>}
        <p className="facts">
          <span>{list(subscription.channels.map((channel) => t(`work.channel.${channel}`)))}</span>
          {paused && (
            <span>
              <strong>{t('work.subscriptions.paused')}</strong>
            </span>
          )}
          <span>
            <Link to="/recommendations" search={filter}>
              {t('work.subscriptions.see')}
            </Link>
          </span>
        </p>
      </div>
      <div className="subscription-ways">
        <CadenceField
          id={`cadence-${subscription.id}`}
          value={subscription.cadence}
          change={(cadence) => change.mutate({ cadence })}
        />
        <div className="actions">
          <button
            type="button"
            className="button small"
            disabled={change.isPending}
            onClick={() => change.mutate({ state: paused ? 'active' : 'paused' })}
          >
            {t(paused ? 'work.subscriptions.resume' : 'work.subscriptions.pause')}
          </button>
          <button
            type="button"
            className="button small danger"
            disabled={end.isPending}
            onClick={() => end.mutate()}
          >
            {t('work.subscriptions.end')}
          </button>
        </div>
      </div>
      <TroubleLine error={change.error ?? end.error} />
    </li>
  );
}
