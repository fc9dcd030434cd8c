import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { filterToBody, type Filter } from '../../api/filter';
import { notifications, type Cadence, type Channel } from '../../api/notifications';
import { Rich, useWords } from '../../intl/words';
import { FilterWords } from '../../parts/filter-list';
import { RecordLink } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleLine } from '../../parts/trouble';
import { CadenceField, ChannelFields } from './wish-fields';

/** Shows what a filter would have brought before one follows it: no flood by accident. */
export function NewSubscription({ filter }: { filter: Filter }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [cadence, setCadence] = useState<Cadence>('daily');
  const [channels, setChannels] = useState<Channel[]>(['inbox', 'email']);
  const body = filterToBody(filter);
  const preview = useQuery({
    queryKey: ['subscription-preview', body],
    queryFn: () => notifications.preview(body),
  });
  const subscribe = useMutation({
    mutationFn: () => notifications.subscribe({ filter: body, cadence, channels }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['subscriptions'] });
      await navigate({ to: '/subscriptions', search: {} });
    },
  });
  return (
    <section className="card new-subscription" aria-labelledby="new-subscription">
      <h2 id="new-subscription">{t('list.follow')}</h2>
      <FilterWords filter={filter} />
      <div className="preview">
        {preview.isPending && <Skeleton rows={1} height="line-height" />}
        {preview.isError && <TroubleLine error={preview.error} />}
        {preview.data && (
          <>
            <p role="status">
              <Rich id="work.subscriptions.matching" values={{ n: preview.data.matching }} />{' '}
              {t('work.subscriptions.perWeek', { n: Math.round(preview.data.perWeek) })}
            </p>
            <ul className="examples">
              {preview.data.examples.map((one) => (
                <li key={one.recommendationId}>
                  <bdi className="code muted">{one.paragraph}</bdi>{' '}
                  <RecordLink recommendation={{ ...one, id: one.recommendationId }} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="wish">
        <CadenceField id="new-cadence" value={cadence} change={setCadence} />
        <ChannelFields value={channels} change={setChannels} />
      </div>
      <TroubleLine error={subscribe.error} />
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={subscribe.isPending || !channels.length}
          onClick={() => subscribe.mutate()}
        >
          {t('work.subscriptions.follow')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => void navigate({ to: '/subscriptions', search: {} })}
        >
          {t('cancel')}
        </button>
      </div>
    </section>
  );
}
