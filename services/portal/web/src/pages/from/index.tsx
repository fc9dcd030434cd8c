import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { queryString } from '../../api/client';
import { portal, type FromState, type Position } from '../../api/portal';
import { useWords } from '../../intl/words';
import { positions, positionWord } from '../../parts/badge';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Pager } from '../../parts/pager';
import { Figure, Legend, Patterns, StackedBars, type Part } from '../../parts/plot';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import type { FromSearch } from '../../search';
import { Row } from '../recommendations/row';
import { ChangedSince } from './changed-since';
import './from.css';

/** What one State asked of whom, what was answered, and what has changed since a day. */
export function AskedByState() {
  const { state } = useParams({ from: '/pages/from/$state' });
  const search = useSearch({ from: '/pages/from/$state' });
  const navigate = useNavigate({ from: '/from/$state' });
  const words = useWords();
  const { t } = words;
  const name = stateName(words, state);
  const asked = useQuery({
    queryKey: ['from', state, search.since, search.page],
    queryFn: () => portal.from(state, { since: search.since, page: search.page }),
    placeholderData: keepPreviousData,
  });
  const found = asked.data;
  const lead = found?.total
    ? t('from.lead', { n: found.total, states: found.byState.length })
    : t('from.index.lead');
  return (
    <>
      <p className="back no-print">
        <Icon name="next" mirrored />
        <Link to="/from">{t('from.all')}</Link>
      </p>
      <PageTop title={t('from.title', { state: name })} lead={lead}>
        {found && found.total > 0 && <Ways state={state} since={search.since} />}
      </PageTop>
      {asked.isPending && <Skeleton />}
      {asked.isError && <TroubleBox error={asked.error} retry={() => void asked.refetch()} />}
      {found && !found.total && (
        <Empty title={t('from.none', { state: name })}>
          <p>{t('from.none.cure')}</p>
          <Link to="/from" className="button">
            {t('from.all')}
          </Link>
        </Empty>
      )}
      {found && found.total > 0 && (
        <>
          <Answers found={found} name={name} />
          <ChangedSince
            since={search.since}
            changed={found.changed}
            choose={(since) =>
              void navigate({
                to: '.',
                search: (before: FromSearch) => ({ ...before, since }),
                resetScroll: false,
              })
            }
          />
          <section aria-labelledby="all-asked">
            <h2 id="all-asked">{t('from.list')}</h2>
            <ol className="rows" aria-busy={asked.isPlaceholderData}>
              {found.recommendations.map((one) => (
                <Row key={one.id} recommendation={one} withState />
              ))}
            </ol>
            <Pager page={found.page} pages={found.pages} />
          </section>
        </>
      )}
    </>
  );
}

function Ways({ state, since }: { state: string; since?: string }) {
  const { t } = useWords();
  return (
    <p className="actions from-ways no-print">
      <a className="button small" href={`/api/portal/v1/from/${state}.xlsx${queryString({ since })}`}>
        <Icon name="import" /> {t('from.xlsx')}
      </a>
      <Link className="button small" to="/follow" search={{ recommendingState: [state] }}>
        <Icon name="bell" /> {t('from.follow')}
      </Link>
    </p>
  );
}

/** Who was asked and what they answered, as bars or as a table. */
function Answers({ found, name }: { found: FromState; name: string }) {
  const words = useWords();
  const { t } = words;
  const shown = positions.filter((position) => found.byState.some((one) => one.positions[position]));
  const partsOf = (counts: Partial<Record<Position, number>>): Part[] =>
    shown.map((position) => ({
      key: position,
      label: t(positionWord(position)),
      value: counts[position] ?? 0,
    }));
  const states = [...found.byState].sort((a, b) => b.total - a.total);
  const first = states[0];
  const supported = states.reduce((sum, one) => sum + (one.positions.supported ?? 0), 0);
  const lines = states.slice(0, 12).map((one) => ({
    key: one.state,
    label: (
      <Link
        to="/recommendations"
        search={{ stateUnderReview: [one.state], recommendingState: [found.state] }}
      >
        {stateName(words, one.state)}
      </Link>
    ),
    parts: partsOf(one.positions),
  }));
  return (
    <>
      <Patterns />
      <Figure
        title={t('from.plot.title', { share: words.percent(supported / Math.max(1, found.total)) })}
        sub={t('from.plot.sub', { state: name })}
        table={{
          head: [
            t('field.stateUnderReview'),
            ...shown.map((position) => t(positionWord(position))),
            t('total'),
          ],
          rows: states.map((one) => [
            stateName(words, one.state),
            ...shown.map((position) => one.positions[position] ?? 0),
            one.total,
          ]),
        }}
      >
        <Legend labels={shown.map((position) => t(positionWord(position)))} />
        <StackedBars lines={lines} most={first?.total ?? 1} />
        {states.length > lines.length && (
          <p className="small muted">{t('from.plot.more', { n: states.length - lines.length })}</p>
        )}
      </Figure>
    </>
  );
}
