import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { operations, type ReplayFrom, type Subscription } from '../../api/operations';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { TroubleLine } from '../../parts/trouble';
import { serviceOf } from './hooks';

/** Brings a copy in line: from a snapshot of the owner, or by giving it events again. */
export function RenewBox({ subscription, close }: { subscription: Subscription; close: () => void }) {
  const { t } = useWords();
  return (
    <Box title={t('work.operations.renew.of', { name: subscription.subscription })} close={close}>
      {subscription.copies.map((topic) => (
        <FromSnapshot key={topic} subscription={subscription} topic={topic} />
      ))}
      <Replay subscription={subscription} />
      <button type="button" className="button" onClick={close}>
        {t('close')}
      </button>
    </Box>
  );
}

function FromSnapshot({ subscription, topic }: { subscription: Subscription; topic: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const owner = topic.split('.')[0] as string;
  const ask = useMutation({
    mutationFn: () => operations.snapshot(owner, serviceOf(subscription.subscription)),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  });
  return (
    <div className="renew-way">
      <p>{t('work.operations.snapshot.hint', { topic })}</p>
      <TroubleLine error={ask.error} />
      <button type="button" className="button primary" disabled={ask.isPending} onClick={() => ask.mutate()}>
        {t('work.operations.snapshot', { topic })}
      </button>
      <p role="status" className="small">
        {ask.isSuccess && t('work.operations.snapshot.asked')}
      </p>
    </div>
  );
}

const ways = ['time', 'aggregate', 'offset'] as const;
type Way = (typeof ways)[number];

function Replay({ subscription }: { subscription: Subscription }) {
  const { t } = useWords();
  const id = useId();
  const cache = useQueryClient();
  const [way, setWay] = useState<Way>('time');
  const [topic, setTopic] = useState(subscription.replayable[0] ?? '');
  const [values, setValues] = useState({ time: '', aggregate: '', partition: '', offset: '' });
  const from = fromOf(way, values);
  const replay = useMutation({
    mutationFn: (asked: ReplayFrom) =>
      operations.replay(serviceOf(subscription.subscription), subscription.subscription, asked, topic),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  });
  const field = (name: keyof typeof values, type: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{t(`work.operations.replay.${name}`)}</label>
      <input
        id={`${id}-${name}`}
        className="input"
        type={type}
        min={type === 'number' ? 0 : undefined}
        dir="ltr"
        value={values[name]}
        onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      />
    </div>
  );
  return (
    <form
      className="renew-way"
      onSubmit={(event) => {
        event.preventDefault();
        if (from) replay.mutate(from);
      }}
    >
      <p>{t('work.operations.replay.hint')}</p>
      {subscription.replayable.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-topic`}>{t('work.operations.topic')}</label>
          <select
            id={`${id}-topic`}
            className="select"
            value={topic}
            onChange={(event) => setTopic(event.target.value)}
          >
            {subscription.replayable.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-way`}>{t('work.operations.replay.from')}</label>
        <select
          id={`${id}-way`}
          className="select"
          value={way}
          onChange={(event) => setWay(event.target.value as Way)}
        >
          {ways.map((one) => (
            <option key={one} value={one}>
              {t(`work.operations.replay.way.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {way === 'time' && field('time', 'datetime-local')}
      {way === 'aggregate' && field('aggregate', 'text')}
      {way === 'offset' && field('partition', 'number')}
      {way === 'offset' && field('offset', 'number')}
      <TroubleLine error={replay.error} />
      <button type="submit" className="button" disabled={!from || replay.isPending}>
        {t('work.operations.replay')}
      </button>
      <p role="status" className="small">
        {replay.data && t('work.operations.replay.done', replay.data)}
      </p>
    </form>
  );
}

/** Null while what is typed says no place. */
function fromOf(way: Way, { time, aggregate, partition, offset }: Record<string, string>): ReplayFrom | null {
  if (way === 'time') return time ? { time: new Date(time).toISOString() } : null;
  if (way === 'aggregate') return aggregate?.trim() ? { aggregate: aggregate.trim() } : null;
  const numbers = [partition, offset].map((text) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : NaN));
  if (numbers.some(Number.isNaN)) return null;
  return { partition: numbers[0]!, offset: numbers[1]! };
}
