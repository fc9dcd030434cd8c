import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { imports, type Mapping } from '../../api/imports';
import { useWords } from '../../intl/words';
import { TroubleLine } from '../../parts/trouble';

/** Keeps a matching for the next file of the same kind. */
export function SaveTemplate({ mapping }: { mapping: Mapping }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => imports.saveTemplate(name.trim(), mapping),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['templates'] }),
  });
  return (
    <div className="save-template">
      <div className="field">
        <label htmlFor="template-name">{t('work.template.name')}</label>
        <input
          id="template-name"
          className="input"
          value={name}
          dir="auto"
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <button
        type="button"
        className="button"
        disabled={!name.trim() || save.isPending}
        onClick={() => save.mutate()}
      >
        {t('work.template.save')}
      </button>
      <p role="status" className="small">
        {save.isSuccess && t('saved')}
      </p>
      <TroubleLine error={save.error} />
    </div>
  );
}
