import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useMay } from '../../api/hooks';
import { imports, type Import } from '../../api/imports';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';

/** The end of an import: what it did, and the way back. */
export function Applied({ one }: { one: Import }) {
  const { t, number, moment } = useWords();
  const undone = one.state === 'undone';
  const at = undone ? one.undoneAt : one.appliedAt;
  const result = one.result ?? { recorded: 0, revised: 0, unchanged: 0, withdrawn: 0 };
  const boxes = (['recorded', 'revised', 'unchanged', 'withdrawn'] as const).filter(
    (key) => key !== 'withdrawn' || result.withdrawn > 0,
  );
  return (
    <section className="applied" aria-labelledby="applied-title">
      <div role="status">
        <h2 id="applied-title">{t(undone ? 'work.import.undone' : 'work.import.applied')}</h2>
      </div>
      <p className="muted">
        {at && moment(at)}
        {!undone &&
          one.announce !== null &&
          ` · ${t(one.announce ? 'work.import.announced' : 'work.import.silent')}`}
      </p>
      {!undone && (
        <dl className="counts">
          {boxes.map((key) => (
            <div key={key} className={`count ${key === 'recorded' ? 'new' : key}`}>
              <dt>{t(`work.import.result.${key}`)}</dt>
              <dd>
                <span className="count-figure">{number(result[key])}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="actions">
        <Link to="/recommendations" className="button primary">
          {t('work.import.see')}
        </Link>
        <Link to="/import" className="button">
          {t('work.import.next')}
        </Link>
        {!undone && <Undo one={one} />}
      </div>
    </section>
  );
}

/** Takes a whole import back, after asking once. */
function Undo({ one }: { one: Import }) {
  const { t } = useWords();
  const writing = useMay('imports.write');
  const cache = useQueryClient();
  const box = useRef<HTMLDialogElement>(null);
  const undo = useMutation({
    mutationFn: () => imports.undo(one.id),
    onSuccess: async (next) => {
      box.current?.close();
      cache.setQueryData(['import', one.id], next);
      await cache.invalidateQueries({ queryKey: ['import', one.id] });
    },
  });
  if (!writing) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => box.current?.showModal()}>
        <Icon name="undo" mirrored /> {t('work.import.undo')}
      </button>
      <dialog className="box" ref={box} aria-labelledby="undo-title">
        <div className="stack">
          <h2 id="undo-title">{t('work.import.undo.title')}</h2>
          <p>{t('work.import.undo.text')}</p>
          <TroubleLine error={undo.error} />
          <div className="actions">
            <button
              type="button"
              className="button danger"
              disabled={undo.isPending}
              onClick={() => undo.mutate()}
            >
              {t('work.import.undo')}
            </button>
            <button type="button" className="button" onClick={() => box.current?.close()}>
              {t('cancel')}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}
