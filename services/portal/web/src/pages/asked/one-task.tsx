import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { asked, type OpenedTask } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { StandingBadge } from '../rounds/standing-badge';
import { AsWorkbook } from './as-workbook';
import { OneAnswer } from './one-answer';
import { PassOn } from './pass-on';

/** One institution's recommendations on one page, saved as they are answered, and handed in at its end. */
export function OneTask({ id, alone }: { id: string; alone: boolean }) {
  const { t } = useWords();
  const { link } = useSearch({ from: '/work/asked' });
  const found = useQuery({
    queryKey: ['asked', id],
    queryFn: () => asked.task(id),
    // What is being written on this page must not be replaced while it is written.
    staleTime: Infinity,
  });
  const shown = found.isSuccess;
  useEffect(() => {
    if (shown) asked.viewed(id).catch(() => undefined);
  }, [id, shown]);
  if (found.isPending) return <Skeleton rows={4} />;
  if (found.isError) {
    return (
      <>
        <PageTop title={t('work.asked.title')} />
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </>
    );
  }
  return (
    <>
      {!alone && (
        <p className="back">
          <Icon name="next" mirrored />
          <Link to="/asked" search={{ link }}>
            {t('work.asked.all')}
          </Link>
        </p>
      )}
      <Page task={found.data} />
    </>
  );
}

function Page({ task }: { task: OpenedTask }) {
  const { t, date } = useWords();
  const [passing, setPassing] = useState<string[] | null | undefined>();
  const answered = task.recommendations.filter(({ answer }) => answer).length;
  const writable = task.state !== 'submitted' && task.state !== 'released';
  return (
    <>
      <PageTop
        title={task.title}
        heading={<span dir="auto">{task.title}</span>}
        lead={t('work.asked.task.lead', { institution: task.institution, date: date(task.dueOn) })}
      >
        <p className="asked-standing">
          <StandingBadge standing={task.standing} />
          <span role="status">
            {t('work.asked.progress', { done: answered, all: task.recommendations.length })}
          </span>
        </p>
      </PageTop>
      {task.returnReason && (
        <div className="notice bad asked-reason" role="note">
          <Icon name="undo" />
          <div>
            <p>{t('work.asked.returned')}</p>
            <p dir="auto">
              <strong>{task.returnReason}</strong>
            </p>
          </div>
        </div>
      )}
      {!writable && (
        <p className="notice">{t(`work.asked.state.${task.state as 'submitted' | 'released'}`)}</p>
      )}
      <ol className="asked-list">
        {task.recommendations.map((one) => (
          <OneAnswer
            key={one.recommendationId}
            taskId={task.id}
            asked={one}
            writable={writable}
            passOn={() => setPassing([one.recommendationId])}
          />
        ))}
      </ol>
      {writable && <HandIn task={task} missing={task.recommendations.length - answered} />}
      <AsWorkbook taskId={task.id} writable={writable} />
      <Colleagues task={task} passOn={() => setPassing(null)} />
      {passing !== undefined && (
        <PassOn taskId={task.id} recommendationIds={passing} close={() => setPassing(undefined)} />
      )}
    </>
  );
}

function HandIn({ task, missing }: { task: OpenedTask; missing: number }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const submit = useMutation({
    // The first answer raised the version; the page asks for the present one rather than guess.
    mutationFn: async () => asked.submit(task.id, (await asked.task(task.id)).version),
    onSuccess: (next) => {
      cache.setQueryData(['asked', task.id], next);
      return cache.invalidateQueries({ queryKey: ['asked'], exact: true });
    },
  });
  if (task.part) return <p className="notice">{t('work.asked.part')}</p>;
  return (
    <section className="card tinted asked-submit" aria-labelledby="submit-title">
      <h2 id="submit-title">{t('work.asked.submit')}</h2>
      <p>{missing ? t('work.asked.submit.missing', { n: missing }) : t('work.asked.submit.lead')}</p>
      <button
        type="button"
        className="button primary"
        disabled={missing > 0 || submit.isPending}
        onClick={() => submit.mutate()}
      >
        {t('work.asked.submit')}
      </button>
      <TroubleLine error={submit.error} />
    </section>
  );
}

function Colleagues({ task, passOn }: { task: OpenedTask; passOn: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const takeBack = useMutation({
    mutationFn: (access: string) => asked.takeBack(task.id, access),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['asked', task.id] }),
  });
  return (
    <section className="stack" aria-labelledby="colleagues-title">
      <h2 id="colleagues-title">{t('work.asked.colleagues')}</h2>
      <p className="muted">{t('work.asked.colleagues.lead')}</p>
      {task.colleagues.length > 0 && (
        <ul className="asked-colleagues">
          {task.colleagues.map((one) => (
            <li key={one.id}>
              <bdi>{one.address}</bdi>
              <span className="muted small">
                {one.recommendations === null
                  ? t('work.asked.colleagues.whole')
                  : t('work.asked.colleagues.some', { n: one.recommendations })}
              </span>
              <button
                type="button"
                className="text-button"
                disabled={takeBack.isPending}
                onClick={() => takeBack.mutate(one.id)}
              >
                {t('work.asked.colleagues.takeBack')}
                <span className="hidden-words"> {one.address}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TroubleLine error={takeBack.error} />
      <p className="actions">
        <button type="button" className="button" onClick={passOn}>
          {t('work.asked.passOn.whole')}
        </button>
      </p>
    </section>
  );
}
