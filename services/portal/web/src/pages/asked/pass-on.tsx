import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { asked } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { written } from '../../parts/written';
import { TroubleLine } from '../../parts/trouble';

/** Sends a colleague a link of their own, to single recommendations or (null) to all. */
export function PassOn(props: { taskId: string; recommendationIds: string[] | null; close: () => void }) {
  const { taskId, recommendationIds, close } = props;
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useId();
  const send = useMutation({
    mutationFn: (address: string) => asked.passOn(taskId, address, recommendationIds),
    onSuccess: (next) => {
      cache.setQueryData(['asked', taskId], next);
      close();
    },
  });
  const title = recommendationIds ? t('work.asked.passOn') : t('work.asked.passOn.whole');
  return (
    <Box title={title} close={close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(written(event.currentTarget, 'address'));
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('work.asked.passOn.address')}</label>
          <input
            id={id}
            name="address"
            type="email"
            className="input"
            dir="ltr"
            autoComplete="off"
            required
          />
          <p className="hint">{t('work.asked.passOn.hint')}</p>
        </div>
        <TroubleLine error={send.error} />
        <div className="actions">
          <button className="button primary" disabled={send.isPending}>
            {t('work.asked.passOn.send')}
          </button>
          <button type="button" className="button" onClick={close}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </Box>
  );
}
