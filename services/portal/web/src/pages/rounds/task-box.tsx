import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useMay } from '../../api/hooks';
import { rounds, type AskedRecommendation, type BoardTask } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { codeOf, speaks } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';

/** What one institution reports, to be released or returned. */
export function TaskBox({ id, close }: { id: string; close: () => void }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['rounds', 'task', id], queryFn: () => rounds.task(id) });
  return (
    <Box title={found.data?.task.institution ?? t('loading')} close={close}>
      {found.isPending && <Skeleton rows={2} />}
      {found.isError && <TroubleBox error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <div className="stack">
          <p className="muted">{t('work.rounds.claim')}</p>
          <ol className="task-answers">
            {found.data.task.contents.map((one) => (
              <Reported key={one.recommendationId} taskId={id} reported={one} />
            ))}
          </ol>
          <Decide task={found.data.task} done={close} />
        </div>
      )}
      <p className="actions">
        <button type="button" className="button" onClick={close}>
          {t('close')}
        </button>
      </p>
    </Box>
  );
}

function Reported({ taskId, reported }: { taskId: string; reported: AskedRecommendation }) {
  const { t } = useWords();
  const { answer } = reported;
  return (
    <li>
      <h3 className="row-code">{codeOf(reported)}</h3>
      <p className="record" {...speaks(reported.language)}>
        {reported.text}
      </p>
      {answer ? (
        <p>
          <strong>{t(`work.asked.status.${answer.status}`)}</strong>
          {answer.unchanged && ` (${t('work.asked.noChange')})`} <span dir="auto">{answer.text}</span>
        </p>
      ) : (
        <p className="muted">{t('work.rounds.noAnswer')}</p>
      )}
      <ul>
        {answer?.links.map(({ url }) => (
          <li key={url}>
            <a href={url} rel="noreferrer noopener" target="_blank" dir="ltr">
              {url}
            </a>
          </li>
        ))}
        {reported.files.map((file) => (
          <li key={file.id}>
            <a href={rounds.fileAddress(taskId, file.id)} download>
              <bdi>{file.name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Decide({ task, done }: { task: BoardTask; done: () => void }) {
  const { t } = useWords();
  const id = useId();
  const cache = useQueryClient();
  const may = useMay('rounds.release');
  const [reason, setReason] = useState('');
  const onSuccess = async () => {
    await cache.invalidateQueries({ queryKey: ['rounds'] });
    done();
  };
  const release = useMutation({ mutationFn: () => rounds.release(task.id, task.version), onSuccess });
  const back = useMutation({ mutationFn: () => rounds.return(task.id, task.version, reason), onSuccess });
  if (!may || task.state !== 'submitted') return null;
  const busy = release.isPending || back.isPending;
  return (
    <>
      <p className="actions">
        <button type="button" className="button primary" disabled={busy} onClick={() => release.mutate()}>
          {t('work.rounds.release')}
        </button>
      </p>
      <div className="field">
        <label htmlFor={id}>{t('work.rounds.reason')}</label>
        <textarea
          id={id}
          className="input"
          dir="auto"
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <p className="actions">
        <button
          type="button"
          className="button"
          disabled={busy || reason.trim() === ''}
          onClick={() => back.mutate()}
        >
          {t('work.rounds.return')}
        </button>
      </p>
      <TroubleLine error={release.error ?? back.error} />
    </>
  );
}
