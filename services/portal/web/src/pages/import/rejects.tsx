import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { imports, rejectsAddress } from '../../api/imports';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { placeInFile } from '../../parts/place-in-file';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { Steps } from './steps';

/** Rows that cannot be imported: where, what they say, why, and what to do. */
export function Rejects({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const [page, setPage] = useState(1);
  const found = useQuery({
    queryKey: ['rejects', id, page],
    queryFn: () => imports.rejects(id, page),
    placeholderData: keepPreviousData,
  });
  if (found.isPending) return <Skeleton rows={3} height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <p className="rejects-top">
        <span>{t('work.import.rejects.text')}</span>
        <a className="button small" href={rejectsAddress(id)} download>
          <Icon name="import" /> {t('work.import.rejects.csv')}
        </a>
      </p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.import.tab.rejected.plain')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.import.reject.where')}</th>
              <th scope="col">{t('work.import.reject.reason')}</th>
              <th scope="col">{t('work.import.reject.raw')}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.rejects.map(({ at, reason, cure, raw }, index) => (
              <tr key={index}>
                <th scope="row">{placeInFile(words, at)}</th>
                <td>
                  <p className="reject-reason" lang="en" dir="ltr">
                    {reason}
                  </p>
                  <p className="muted" lang="en" dir="ltr">
                    {cure}
                  </p>
                </td>
                <td className="raw" dir="auto">
                  {Object.entries(raw)
                    .filter(([, value]) => value)
                    .map(([heading, value]) => (
                      <p key={heading}>
                        <span className="muted">{heading}:</span> {value.slice(0, 160)}
                      </p>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Steps page={page} shown={found.data.rejects.length} total={found.data.total} go={setPage} />
    </>
  );
}
