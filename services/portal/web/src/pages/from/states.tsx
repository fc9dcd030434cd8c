import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { portal } from '../../api/portal';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { PageTop } from '../../parts/page';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import './from.css';

/** All States that asked something, with how much. */
export function RecommendingStates() {
  const words = useWords();
  const { t, locale } = words;
  const [typed, setTyped] = useState('');
  const list = useQuery({
    queryKey: ['recommendations', {}],
    queryFn: ({ signal }) => portal.recommendations({}, signal),
  });
  const counted = (list.data?.facets.recommendingState ?? []).filter(
    ({ value, count }) => /^[A-Z]{3}$/.test(value) && count,
  );
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale);
  const states = counted
    .map(({ value, count }) => ({ code: value, count, name: stateName(words, value) }))
    .filter(({ name }) => fold(name).includes(fold(typed)))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <>
      <PageTop title={t('from.index.title')} lead={t('from.index.lead')} />
      {list.isPending && <Skeleton height="line-height" />}
      {list.isError && <TroubleBox error={list.error} retry={() => void list.refetch()} />}
      {list.data && !counted.length && (
        <Empty title={t('list.nothing')}>
          <p>{t('list.nothing.wait')}</p>
        </Empty>
      )}
      {counted.length > 0 && (
        <>
          <div className="field from-find">
            <label htmlFor="find-state">{t('from.find')}</label>
            <input
              id="find-state"
              className="input"
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <p role="status" className="small muted">
            {t('from.states', { n: states.length })}
          </p>
          <ul className="state-index">
            {states.map(({ code, name, count }) => (
              <li key={code}>
                <Link to="/from/$state" params={{ state: code }}>
                  {name}
                </Link>
                <span className="figures muted">
                  {words.number(count)}
                  <span className="hidden-words"> {t('from.count', { n: count })}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
