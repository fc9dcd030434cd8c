import { useWords } from '../../intl/words';

/** How far something has come. Told aloud by quarters only: every step would be noise. */
export function ProgressLine({
  label,
  done,
  total,
  rows,
}: {
  label: string;
  done: number;
  total: number;
  /** The numbers are rows, so they are shown. */
  rows?: boolean;
}) {
  const { t, percent } = useWords();
  const share = total ? Math.min(1, done / total) : 0;
  const quarter = Math.floor(share * 4) / 4;
  return (
    <div className="progress">
      <div className="progress-top">
        <span id="progress-label">{label}</span>
        <span className="figures muted" aria-hidden="true">
          {rows && total ? t('work.import.progress', { done, total }) : total ? percent(share) : ''}
        </span>
      </div>
      <progress aria-labelledby="progress-label" max={1} value={total ? share : undefined} />
      <p role="status" className="hidden-words">
        {label} {total ? percent(quarter) : ''}
      </p>
    </div>
  );
}
