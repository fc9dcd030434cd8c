import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { asked } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { written } from '../../parts/written';
import { PageTop } from '../../parts/page';
import { TroubleLine } from '../../parts/trouble';

/** A code is sent to the address that the link was made for; the link alone opens nothing. */
export function EnterCode({ link }: { link?: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useId();
  const send = useMutation({ mutationFn: () => asked.sendCode(link ?? '') });
  const enter = useMutation({
    mutationFn: (code: string) => asked.enter(link ?? '', code),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['asked'] }),
  });
  if (!link) return <PageTop title={t('work.asked.title')} lead={t('work.asked.noLink')} />;
  return (
    <>
      <PageTop title={t('work.asked.code')} lead={t('work.asked.code.lead')} />
      <div className="asked-code stack">
        <button
          type="button"
          className={send.isSuccess ? 'button' : 'button primary'}
          disabled={send.isPending}
          onClick={() => send.mutate()}
        >
          {t(send.isSuccess ? 'work.asked.code.again' : 'work.asked.code.send')}
        </button>
        <TroubleLine error={send.error} />
        <p role="status">{send.isSuccess && t('work.asked.code.sent')}</p>
        {send.isSuccess && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              enter.mutate(written(event.currentTarget, 'code'));
            }}
          >
            <div className="field">
              <label htmlFor={id}>{t('work.asked.code.field')}</label>
              <input
                id={id}
                name="code"
                className="input code-input"
                dir="ltr"
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9 ]{6,7}"
                maxLength={7}
                required
              />
            </div>
            <button className="button primary" disabled={enter.isPending}>
              {t('work.asked.code.enter')}
            </button>
            <TroubleLine error={enter.error} />
          </form>
        )}
      </div>
    </>
  );
}
