import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { operations, type Parked, type Service } from '../../api/operations';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { serviceWord, useStandings } from './hooks';

/** Events that wait for a person, of every service that has some. */
export function ParkedEvents() {
  const { t } = useWords();
  const said = useStandings().data;
  const having = (said ?? []).filter(({ answer }) => answer?.subscriptions.some(({ parked }) => parked > 0));
  const isKnown = said?.every(({ answer }) => answer !== null);
  return (
    <section aria-labelledby="operations-parked">
      <h2 id="operations-parked">{t('work.operations.parked.title')}</h2>
      {having.map(({ service }) => (
        <ParkedOf key={service} service={service} />
      ))}
      {isKnown && having.length === 0 && <p className="muted">{t('work.operations.parked.none')}</p>}
    </section>
  );
}

/** A page of them, and those that follow once they are asked for. */
function ParkedOf({ service, cursor }: { service: Service; cursor?: string }) {
  const { t } = useWords();
  const [more, setMore] = useState(false);
  const found = useQuery({
    queryKey: ['operations', 'parked', service, cursor],
    queryFn: () => operations.parked(service, cursor),
  });
  if (found.isPending) return <Skeleton rows={2} height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  const { parked, next } = found.data;
  return (
    <>
      <ul className="rows">
        {parked.map((one) => (
          <Line key={one.id} service={service} event={one} />
        ))}
      </ul>
      {next && more && <ParkedOf service={service} cursor={next} />}
      {next && !more && (
        <button type="button" className="button" onClick={() => setMore(true)}>
          {t('work.operations.parked.more')}
        </button>
      )}
    </>
  );
}

function Line({ service, event }: { service: Service; event: Parked }) {
  const { t, moment } = useWords();
  const cache = useQueryClient();
  const [skipping, setSkipping] = useState(false);
  const retry = useMutation({
    mutationFn: () => operations.retry(service, [event.id]),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  });
  const name = event.type?.split('.').pop() ?? t('work.operations.parked.unreadable');
  return (
    <li className="parked-line">
      <div>
        <p>
          <strong>
            <bdi className="code">{name}</bdi>
          </strong>{' '}
          {t(serviceWord(service))}
        </p>
        <p className="parked-error" lang="en" dir="ltr">
          {event.error}
        </p>
        <p className="facts">
          <span>{moment(event.parkedAt)}</span>
          <span>{t('work.operations.parked.tries', { n: event.attempts })}</span>
          <span>
            <bdi className="code">
              {event.topic}/{event.partition}/{event.offset}
            </bdi>
          </span>
          <span>
            <bdi className="code">{event.key}</bdi>
          </span>
        </p>
        <TroubleLine error={retry.error} />
      </div>
      <div className="actions">
        <button
          type="button"
          className="button small"
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t('work.operations.parked.retry')}
          <span className="hidden-words"> {event.key}</span>
        </button>
        <button type="button" className="button small danger" onClick={() => setSkipping(true)}>
          {t('work.operations.parked.skip')}
          <span className="hidden-words"> {event.key}</span>
        </button>
      </div>
      {skipping && <SkipBox service={service} event={event} close={() => setSkipping(false)} />}
    </li>
  );
}

/** Skipping is for good, so it wants a reason. */
function SkipBox({ service, event, close }: { service: Service; event: Parked; close: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const skip = useMutation({
    mutationFn: () => operations.skip(service, [event.id], reason.trim()),
    onSuccess: async () => {
      close();
      await cache.invalidateQueries({ queryKey: ['operations'] });
    },
  });
  return (
    <Box title={t('work.operations.parked.skip.title')} close={close}>
      <p>{t('work.operations.parked.skip.hint')}</p>
      <div className="field">
        <label htmlFor="skip-reason">{t('work.operations.parked.skip.reason')}</label>
        <textarea
          id="skip-reason"
          className="input"
          dir="auto"
          maxLength={500}
          value={reason}
          onChange={(change) => setReason(change.target.value)}
        />
      </div>
      <TroubleLine error={skip.error} />
      <div className="actions">
        <button
          type="button"
          className="button danger"
          disabled={reason.trim().length < 3 || skip.isPending}
          onClick={() => skip.mutate()}
        >
          {t('work.operations.parked.skip')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Box>
  );
}
