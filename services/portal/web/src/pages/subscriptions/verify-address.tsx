import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '../../api/notifications';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';

/** Where the link of the message leads that asks whether an address is one's own. Opening it changes nothing yet. */
export function VerifyAddress({ token }: { token: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const verify = useMutation({
    mutationFn: () => notifications.verifyAddress(token),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <section className="card stack verify" aria-labelledby="verify-address">
      <h2 id="verify-address">{t('work.verify.title')}</h2>
      {verify.isSuccess ? (
        <p role="status" className="notice">
          <Icon name="check" /> {t('work.verify.done')}
        </p>
      ) : (
        <>
          <p>{t('work.verify.text')}</p>
          <TroubleLine error={verify.error} />
          <button
            type="button"
            className="button primary"
            disabled={verify.isPending}
            onClick={() => verify.mutate()}
          >
            {t('work.verify.button')}
          </button>
        </>
      )}
    </section>
  );
}
