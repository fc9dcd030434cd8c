import { Link } from '@tanstack/react-router';
import { useWords } from '../intl/words';
import { PageTop } from '../parts/page';

/** No route has this address. */
export function NotFound() {
  const { t } = useWords();
  return (
    <PageTop title={t('missing.title')} lead={t('missing.text')}>
      <p className="actions">
        <Link to="/recommendations" className="button">
          {t('missing.list')}
        </Link>
      </p>
    </PageTop>
  );
}
