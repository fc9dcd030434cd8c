import { Link } from '@tanstack/react-router';
import { useWords } from '../intl/words';
import { Icon } from './icon';

/** Previous and next page of the page shown now; keeps all else of the address. */
export function Pager({ page, pages }: { page: number; pages: number }) {
  const { t } = useWords();
  if (pages < 2) return null;
  const to = (wanted: number) => (before: Record<string, unknown>) => ({
    ...before,
    page: wanted > 1 ? wanted : undefined,
  });
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      {page > 1 && (
        <Link from="/" to="." search={to(page - 1) as never} className="button small" rel="prev">
          {t('pager.previous')}
        </Link>
      )}
      <span>{t('pager.where', { page, pages })}</span>
      {page < pages && (
        <Link from="/" to="." search={to(page + 1) as never} className="button small" rel="next">
          {t('pager.next')} <Icon name="next" mirrored />
        </Link>
      )}
    </nav>
  );
}
