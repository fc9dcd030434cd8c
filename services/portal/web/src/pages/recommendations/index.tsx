import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { filterOf, filterSize } from '../../api/filter';
import { useMay, useSession, useStates } from '../../api/hooks';
import { queryString } from '../../api/client';
import type { RecommendationPage } from '../../api/portal';
import { Rich, useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Pager } from '../../parts/pager';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { Chips } from './chips';
import { Facets } from './facets';
import { Row } from './row';
import { SearchBox } from './search-box';
import { useInternal, useList } from './use-list';
import './list.css';

const BulkEdit = lazy(() => import('../bulk-edit'));

export function RecommendationList() {
  const words = useWords();
  const { t } = words;
  const state = useList();
  const { list, filter, change, toggle, clear, search } = state;
  const states = useStates().data?.states ?? [];
  const only = states.length === 1 ? states[0] : undefined;
  const find = (q: string) => change({ q: q || undefined }, true);
  const facets = list.data?.facets ?? {};
  return (
    <>
      <PageTop
        title={t('list.title')}
        lead={only ? t('list.lead.one', { state: stateName(words, only.state) }) : t('list.lead.many')}
      />
      <div className="list-page">
        <section className="filters" aria-label={t('list.filters')}>
          <h2 className="filters-title">{t('list.filters')}</h2>
          <Facets facets={facets} filter={filter} toggle={toggle} />
        </section>
        <section className="listing" aria-label={t('list.title')}>
          <div className="find">
            <SearchBox value={filter.q ?? ''} onSearch={find} />
            <FilterSheet chosen={filterSize(filter)} shown={list.data?.total}>
              <Facets facets={facets} filter={filter} toggle={toggle} />
            </FilterSheet>
          </div>
          <div className="list-top">
            <p role="status" className="list-total">
              {list.data && <Total page={list.data} narrowed={filterSize(filter) > 0} />}
            </p>
            <label className="sort">
              <span>{t('list.sort')}</span>
              <select
                value={search.sort ?? 'paragraph'}
                onChange={(event) => change({ sort: event.target.value === 'newest' ? 'newest' : undefined })}
              >
                <option value="paragraph">{t('list.sort.paragraph')}</option>
                <option value="newest">{t('list.sort.newest')}</option>
              </select>
            </label>
          </div>
          <Chips filter={filter} toggle={toggle} search={find} clear={clear} />
          <Rows state={state} withState={!only && filter.stateUnderReview?.length !== 1} />
        </section>
      </div>
    </>
  );
}

function Total({ page, narrowed }: { page: RecommendationPage; narrowed: boolean }) {
  return narrowed ? (
    <Rich id="list.totalOf" values={{ n: page.total, all: page.all }} />
  ) : (
    <Rich id="list.total" values={{ n: page.total }} />
  );
}

function Rows({ state, withState }: { state: ReturnType<typeof useList>; withState: boolean }) {
  const { t } = useWords();
  const { list, filter, search, clear } = state;
  const internal = useInternal(filter, search);
  if (list.isPending) return <Skeleton rows={6} />;
  if (list.isError) return <TroubleBox error={list.error} retry={() => void list.refetch()} />;
  const page = list.data;
  if (!page.total) return <NothingHere nothingAtAll={!page.all} clear={clear} />;
  return (
    <>
      <ol className="rows" aria-busy={list.isPlaceholderData} aria-label={t('list.title')}>
        {page.recommendations.map((recommendation) => (
          <Row
            key={recommendation.id}
            recommendation={recommendation}
            internal={internal.get(recommendation.id)}
            withState={withState}
          />
        ))}
      </ol>
      <Pager page={page.page} pages={page.pages} />
      <ListFoot state={state} total={page.total} />
    </>
  );
}

function NothingHere({ nothingAtAll, clear }: { nothingAtAll: boolean; clear: () => void }) {
  const { t } = useWords();
  const importing = useMay('imports.write');
  if (!nothingAtAll) {
    return (
      <Empty title={t('list.noMatch')}>
        <p>{t('list.noMatch.cure')}</p>
        <button type="button" className="button" onClick={clear}>
          {t('list.clear')}
        </button>
      </Empty>
    );
  }
  return (
    <Empty title={t('list.nothing')}>
      <p>{t(importing ? 'list.nothing.import' : 'list.nothing.wait')}</p>
      {importing ? (
        <Link to="/import" className="button primary">
          {t('nav.import')}
        </Link>
      ) : (
        <Link to="/" className="button">
          {t('list.nothing.start')}
        </Link>
      )}
    </Empty>
  );
}

/** What one can do with the whole selection: small, below the list, because reading it comes first. */
function ListFoot({ state, total }: { state: ReturnType<typeof useList>; total: number }) {
  const { t } = useWords();
  const signedIn = Boolean(useSession().data?.member);
  const editing = useMay('recommendations.internal.write');
  const [bulk, setBulk] = useState(false);
  const filter = filterOf(state.search);
  const file = (format: string) => `/api/recommendations/v1/export${queryString({ format, ...filter })}`;
  return (
    <div className="list-foot">
      <Link to={signedIn ? '/subscriptions' : '/follow'} search={filter} className="button small">
        <Icon name="bell" /> {t('list.follow')}
      </Link>
      {editing && (
        <button type="button" className="button small" onClick={() => setBulk(true)}>
          <Icon name="edit" /> {t('list.bulk', { n: total })}
        </button>
      )}
      <span className="downloads">
        {t('list.download')} <a href={file('xlsx')}>XLSX</a> <a href={file('csv')}>CSV</a>
      </span>
      {bulk && (
        <Suspense>
          <BulkEdit filter={filter} total={total} close={() => setBulk(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** The filters of narrow windows, in a sheet that says how many it would show. */
function FilterSheet({
  chosen,
  shown,
  children,
}: {
  chosen: number;
  shown?: number;
  children: React.ReactNode;
}) {
  const { t } = useWords();
  const sheet = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" className="button filter-button" onClick={() => sheet.current?.showModal()}>
        <Icon name="filter" /> {chosen ? t('list.filters.some', { n: chosen }) : t('list.filters')}
      </button>
      <dialog className="sheet" ref={sheet} aria-label={t('list.filters')}>
        <div className="sheet-body">{children}</div>
        <div className="sheet-foot">
          <button type="button" className="button primary" onClick={() => sheet.current?.close()}>
            {shown === undefined ? t('close') : t('list.show', { n: shown })}
          </button>
        </div>
      </dialog>
    </>
  );
}
