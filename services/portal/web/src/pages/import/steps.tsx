import { useWords } from '../../intl/words';

const pageRows = 50;

/** Previous and next page of a list inside a page. */
export function Steps({
  page,
  shown,
  total,
  go,
}: {
  page: number;
  shown: number;
  total: number;
  go: (page: number) => void;
}) {
  const { t } = useWords();
  if (page === 1 && shown >= total) return null;
  const first = (page - 1) * pageRows + 1;
  const last = first + shown - 1;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <button type="button" className="button small" disabled={page === 1} onClick={() => go(page - 1)}>
        {t('pager.previous')}
      </button>
      <span className="small">{t('work.rowsShown', { first, last, total })}</span>
      <button type="button" className="button small" disabled={last >= total} onClick={() => go(page + 1)}>
        {t('pager.next')}
      </button>
    </nav>
  );
}
