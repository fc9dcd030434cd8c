import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { asked } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { TroubleLine } from '../../parts/trouble';

/** The whole as a workbook, and back. */
export function AsWorkbook({ taskId, writable }: { taskId: string; writable: boolean }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const id = useId();
  const send = useMutation({
    mutationFn: (file: File) => asked.sendSheet(taskId, file),
    // What the workbook changed is shown anew, fields included.
    onSuccess: () => cache.resetQueries({ queryKey: ['asked', taskId] }),
  });
  return (
    <section className="stack asked-workbook" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('work.asked.workbook')}</h2>
      <p className="actions">
        <a className="button" href={asked.sheetAddress(taskId, locale)} download>
          {t('work.asked.workbook.take')}
        </a>
      </p>
      {writable && (
        <div className="field">
          <label htmlFor={`${id}-file`}>{t('work.asked.workbook.send')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".xlsx,.csv"
            disabled={send.isPending}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) send.mutate(file);
              event.target.value = '';
            }}
          />
        </div>
      )}
      <TroubleLine error={send.error} />
      <div role="status">
        {send.data && <p>{t('work.asked.workbook.saved', { n: send.data.saved })}</p>}
        {send.data && send.data.rejected.length > 0 && (
          <ul>
            {send.data.rejected.map(({ row, reason }) => (
              <li key={row}>
                {t('work.asked.workbook.row', { row })} <span lang="en">{reason}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
