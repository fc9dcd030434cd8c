import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { roadmaps } from '../../api/roadmaps';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { PageTop } from '../../parts/page';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';

/** Every roadmap that the reader may see. */
export function Roadmaps() {
  const { t } = useWords();
  return (
    <>
      <PageTop title={t('nav.roadmaps')} lead={t('work.roadmap.lead')} />
      <List />
    </>
  );
}

function List() {
  const words = useWords();
  const { t } = words;
  const found = useQuery({ queryKey: ['roadmaps'], queryFn: roadmaps.list });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (found.data.roadmaps.length === 0) {
    return (
      <Empty title={t('work.roadmap.none')}>
        <p>{t('work.roadmap.none.cure')}</p>
      </Empty>
    );
  }
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('nav.roadmaps')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('work.roadmap.title')}</th>
            <th scope="col">{t('work.roadmap.of')}</th>
            <th scope="col">{t('work.roadmap.state')}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.roadmaps.map((one) => (
            <tr key={one.roadmapId}>
              <th scope="row">
                <Link to="/roadmaps/$id" params={{ id: one.roadmapId }}>
                  <bdi>{one.title}</bdi>
                </Link>
              </th>
              <td>{stateName(words, one.stateUnderReview)}</td>
              <td>
                {t(`work.roadmap.state.${one.state}`)}
                {one.adoptedVersion > 0 && ` · ${t('work.roadmap.version', { n: one.adoptedVersion })}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
