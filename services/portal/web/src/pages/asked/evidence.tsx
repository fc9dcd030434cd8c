import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { asked as calls, type AskedRecommendation } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';
import type { Draft } from './use-saving';

/** Links and files that show what an answer says; a phone offers its camera. */
export function Evidence(props: {
  taskId: string;
  asked: AskedRecommendation;
  writable: boolean;
  links: string;
  write: (change: Partial<Draft>) => void;
}) {
  const { taskId, asked, writable, links, write } = props;
  const { t, bytes } = useWords();
  const cache = useQueryClient();
  const id = useId();
  const again = () => cache.invalidateQueries({ queryKey: ['asked', taskId] });
  const attach = useMutation({
    mutationFn: (file: File) => calls.attach(taskId, asked.recommendationId, file),
    onSuccess: again,
  });
  const detach = useMutation({ mutationFn: (file: string) => calls.detach(taskId, file), onSuccess: again });
  return (
    <details className="asked-evidence" open={asked.files.length > 0 || links !== ''}>
      <summary>{t('work.asked.evidence')}</summary>
      <div className="field">
        <label htmlFor={`${id}-links`}>{t('work.asked.links')}</label>
        <textarea
          id={`${id}-links`}
          className="input"
          dir="ltr"
          rows={2}
          readOnly={!writable}
          value={links}
          onChange={(event) => write({ links: event.target.value })}
        />
      </div>
      {asked.files.length > 0 && (
        <ul className="asked-files">
          {asked.files.map((file) => (
            <li key={file.id}>
              <Icon name="file" />
              <a href={calls.fileAddress(taskId, file.id)} download>
                <bdi>{file.name}</bdi>
              </a>
              <span className="muted small">{bytes(file.bytes)}</span>
              {writable && (
                <button type="button" className="quiet" onClick={() => detach.mutate(file.id)}>
                  <Icon name="trash" />
                  <span className="hidden-words">{t('work.asked.file.remove', { name: file.name })}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {writable && (
        <div className="field">
          <label htmlFor={`${id}-file`}>{t('work.asked.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept="image/jpeg,image/png,application/pdf,.docx,.xlsx"
            disabled={attach.isPending}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) attach.mutate(file);
              event.target.value = '';
            }}
          />
          <p className="hint">{t('work.asked.file.hint')}</p>
        </div>
      )}
      <TroubleLine error={attach.error ?? detach.error} />
    </details>
  );
}
