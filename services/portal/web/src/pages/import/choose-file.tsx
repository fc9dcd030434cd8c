import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { imports } from '../../api/imports';
import { useWords } from '../../intl/words';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';
import { ProgressLine } from './progress-line';
import { Wizard } from './wizard';

export function ChooseFile() {
  return (
    <Guard needs="imports.write">
      <FileStep />
    </Guard>
  );
}

/** Step one: drop a file or choose it; it is streamed to the server and read there. */
function FileStep() {
  const { t, bytes } = useWords();
  const navigate = useNavigate();
  const [sent, setSent] = useState<{ name: string; size: number; share: number } | null>(null);
  const [over, setOver] = useState(false);
  const [template, setTemplate] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const start = useMutation({
    mutationFn: async (file: File) => {
      setSent({ name: file.name, size: file.size, share: 0 });
      const { uploadId } = await imports.upload(file, (share) =>
        setSent({ name: file.name, size: file.size, share }),
      );
      return imports.startImport(uploadId, template);
    },
    onSuccess: ({ id }) => void navigate({ to: '/import/$id', params: { id } }),
    onError: () => setSent(null),
  });
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file && !start.isPending) start.mutate(file);
  };
  return (
    <Wizard step="file">
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <Icon name="file" />
        <div className="drop-words">
          <p className="drop-name">{sent ? <bdi>{sent.name}</bdi> : t('work.import.drop')}</p>
          <p className="small muted">{sent ? bytes(sent.size) : t('work.import.kinds')}</p>
        </div>
        <input
          ref={input}
          id="import-file"
          type="file"
          className="hidden-words"
          accept=".csv,.xls,.xlsx,.docx,.tsv,.txt"
          disabled={start.isPending}
          aria-label={t('work.import.choose')}
          onChange={(event) => take(event.target.files)}
        />
        <label htmlFor="import-file" className="button" aria-hidden="true">
          {t('work.import.choose')}
        </label>
      </div>
      {sent && <ProgressLine label={t('work.import.sending')} done={sent.share} total={1} />}
      <TroubleLine error={start.error} />
      <Templates chosen={template} choose={setTemplate} />
      <p className="import-other">
        <Link to="/imports">{t('work.imports.all')}</Link>
      </p>
    </Wizard>
  );
}

/** A saved matching spares the second step. */
function Templates({ chosen, choose }: { chosen: string; choose: (id: string) => void }) {
  const { t } = useWords();
  const templates = useQuery({ queryKey: ['templates'], queryFn: imports.templates });
  if (!templates.data?.templates.length) return null;
  return (
    <div className="field template-field">
      <label htmlFor="template">{t('work.import.template')}</label>
      <select
        id="template"
        className="select"
        value={chosen}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t('work.import.template.none')}</option>
        {templates.data.templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <span className="hint">{t('work.import.template.hint')}</span>
    </div>
  );
}
