import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { consultations } from '../../api/consultations';
import { useMay } from '../../api/hooks';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';

/** Every consultation that the reader may see, newest first. */
export function Consultations() {
  const { t } = useWords();
  const convening = useMay('consultations.write');
  return (
    <>
      <PageTop title={t('nav.consultations')} lead={t('work.consultation.lead')}>
        {convening && (
          <p className="actions page-actions">
            <Link to="/consultations/new" className="button primary">
              <Icon name="plus" /> {t('work.consultation.convene')}
            </Link>
          </p>
        )}
      </PageTop>
      <List />
    </>
  );
}

function List() {
  const { t, moment } = useWords();
  const found = useQuery({ queryKey: ['consultations'], queryFn: consultations.list });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (found.data.consultations.length === 0) {
    return (
      <Empty title={t('work.consultation.none')}>
        <p>{t('work.consultation.none.cure')}</p>
      </Empty>
    );
  }
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('nav.consultations')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('work.consultation.title')}</th>
            <th scope="col">{t('work.roadmap.state')}</th>
            <th scope="col">{t('work.consultation.closes')}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.consultations.map((one) => (
            <tr key={one.consultationId}>
              <th scope="row">
                <Link to="/consultations/$id" params={{ id: one.consultationId }}>
                  <bdi>{one.title}</bdi>
                </Link>
              </th>
              <td>{t(`work.consultation.state.${one.state}`)}</td>
              <td>{moment(one.closesAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
