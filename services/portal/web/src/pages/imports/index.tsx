import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/hooks';
import { imports, type Import } from '../../api/imports';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { formatWord } from '../../parts/format-word';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Pager } from '../../parts/pager';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';

const pageRows = 50;

/** All imports, newest first. */
export function Imports() {
  const { t } = useWords();
  return (
    <Guard needs="imports.read">
      <PageTop title={t('work.imports.title')} lead={t('work.imports.lead')}>
        <StartOne />
      </PageTop>
      <List />
    </Guard>
  );
}

function StartOne() {
  const { t } = useWords();
  if (!useMay('imports.write')) return null;
  return (
    <p className="actions page-actions">
      <Link to="/import" className="button primary">
        <Icon name="import" /> {t('nav.import')}
      </Link>
    </p>
  );
}

function List() {
  const { t, moment, number } = useWords();
  const { page = 1 } = useSearch({ from: '/work/imports' });
  const found = useQuery({ queryKey: ['imports', page], queryFn: () => imports.imports(page) });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (!found.data.total) {
    return (
      <Empty title={t('work.imports.none')}>
        <p>{t('list.nothing.import')}</p>
      </Empty>
    );
  }
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.imports.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.imports.file')}</th>
              <th scope="col">{t('work.imports.kind')}</th>
              <th scope="col">{t('work.imports.state')}</th>
              <th scope="col" className="number">
                {t('list.title')}
              </th>
              <th scope="col">{t('work.imports.when')}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.imports.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to="/import/$id" params={{ id: one.id }}>
                    <bdi>{one.fileName}</bdi>
                  </Link>
                </th>
                <td>{one.format ? t(formatWord(one.format)) : ''}</td>
                <td>
                  <Standing one={one} />
                </td>
                <td className="number">
                  {number((one.counts?.recommendations ?? 0) + (one.counts?.pledges ?? 0))}
                </td>
                <td>{moment(one.appliedAt ?? one.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} pages={Math.ceil(found.data.total / pageRows)} />
    </>
  );
}

function Standing({ one }: { one: Import }) {
  const { t } = useWords();
  const tint = one.state === 'applied' ? 'supported' : one.state === 'failed' ? 'bad' : '';
  return <span className={`badge ${tint}`}>{t(`work.imports.state.${one.state}`)}</span>;
}
