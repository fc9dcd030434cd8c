import { useWords } from '../intl/words';
import { HereLink } from './here';
import { Icon } from './icon';

/** Previous and next page of the page shown now; keeps all else of the address. */
export function Pager({ page, pages }: { page: number; pages: number }) {
  const { t } = useWords();
  if (pages < 2) return null;
  const to = (wanted: number) => ({ page: wanted > 1 ? wanted : undefined });
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      {page > 1 && (
        <HereLink change={to(page - 1)} className="button small" rel="prev">
          {t('pager.previous')}
        </HereLink>
      )}
      <span>{t('pager.where', { page, pages })}</span>
      {page < pages && (
        <HereLink change={to(page + 1)} className="button small" rel="next">
          {t('pager.next')} <Icon name="next" mirrored />
        </HereLink>
      )}
    </nav>
  );
}
