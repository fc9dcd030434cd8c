import { useWords } from '../intl/words';

/** Grey rows of the real rows' height while a list is on its way. */
export function Skeleton({ rows = 5, height = 'row-height' }: { rows?: number; height?: string }) {
  const { t } = useWords();
  return (
    <div className="skeletons" role="status">
      <span className="hidden-words">{t('loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={`skeleton-row ${height}`} aria-hidden="true">
          <div className="skeleton short" />
          <div className="skeleton" />
          <div className="skeleton most" />
        </div>
      ))}
    </div>
  );
}
