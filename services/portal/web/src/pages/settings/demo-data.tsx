import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMay, useSession } from '../../api/hooks';
import { portal } from '../../api/portal';
import { useWords } from '../../intl/words';
import { TroubleLine } from '../../parts/trouble';

/** Loads or removes the sample data, for those who run the installation. */
export function DemoData() {
  const { t } = useWords();
  const cache = useQueryClient();
  const operating = useMay('operations');
  const loaded = useSession().data?.instance.demo ?? false;
  const change = useMutation({
    mutationFn: async () => {
      if (loaded) await portal.removeDemo();
      else await portal.loadDemo();
    },
    onSuccess: () => cache.invalidateQueries(),
  });
  if (!operating) return null;
  return (
    <section className="card stack demo-data" aria-labelledby="demo-data">
      <h2 id="demo-data">{t('shell.sample')}</h2>
      <p>{t(loaded ? 'work.demo.loaded' : 'welcome.demo.text')}</p>
      <TroubleLine error={change.error} />
      <button type="button" className="button" disabled={change.isPending} onClick={() => change.mutate()}>
        {t(loaded ? 'work.demo.remove' : 'welcome.demo.button')}
      </button>
      <p role="status" className="small">
        {change.isSuccess && t('work.demo.done')}
      </p>
    </section>
  );
}
