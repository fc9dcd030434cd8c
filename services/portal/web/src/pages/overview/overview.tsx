import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FilterField } from '../../api/filter';
import { portal, type FacetValue, type RecommendationPage } from '../../api/portal';
import { useWords } from '../../intl/words';
import { positionWord } from '../../parts/badge';
import { Empty } from '../../parts/empty';
import { valueWord } from '../../parts/filter-words';
import { PageTop } from '../../parts/page';
import { Figure, Legend, Patterns, RankedBars, StackedBars, type Part } from '../../parts/plot';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import './overview.css';

const answers = ['supported', 'partly', 'noted'] as const;

/** Findings first: each figure's title says what it shows. */
export function Overview() {
  const { t } = useWords();
  const everything = useRecommendations({});
  const found = everything.data;
  if (everything.isPending) return <Skeleton rows={3} />;
  if (everything.isError) {
    return (
      <>
        <PageTop title={t('nav.overview')} />
        <TroubleBox error={everything.error} retry={() => void everything.refetch()} />
      </>
    );
  }
  if (!found?.all) {
    return (
      <>
        <PageTop title={t('nav.overview')} />
        <Empty title={t('list.nothing')}>
          <p>{t('list.nothing.wait')}</p>
        </Empty>
      </>
    );
  }
  return <Findings found={found} />;
}

function useRecommendations(query: Record<string, string[]>) {
  return useQuery({
    queryKey: ['recommendations', query],
    queryFn: ({ signal }) => portal.recommendations(query, signal),
    staleTime: 60_000,
  });
}

const counted = (page: RecommendationPage | undefined, field: FilterField): FacetValue[] =>
  (page?.facets[field] ?? [])
    // Targets are counted under their goals as well.
    .filter(({ value, count }) => count && !['', 'none', '0'].includes(value) && !value.includes('.'))
    .sort((a, b) => b.count - a.count);

function Findings({ found }: { found: RecommendationPage }) {
  const { t, number } = useWords();
  const count = (position: string) =>
    found.facets.position?.find(({ value }) => value === position)?.count ?? 0;
  const [supported, partly, noted] = answers.map(count);
  return (
    <>
      <PageTop
        title={t('nav.overview')}
        heading={t('overview.finding', { n: supported ?? 0, all: number(found.all) })}
        lead={t('overview.rest', { partly: partly ?? 0, noted: noted ?? 0 })}
      >
        <p className="actions overview-ways no-print">
          <Link to="/recommendations" className="button primary">
            {t('missing.list')}
          </Link>
          <Link to="/from" className="button">
            {t('nav.from')}
          </Link>
        </p>
      </PageTop>
      <Patterns />
      <div className="findings">
        <Themes found={found} />
        <Ranked field="recommendingState" found={found} />
        <Ranked field="stateUnderReview" found={found} />
        <Ranked field="sdg" found={found} />
        <Ranked field="group" found={found} />
      </div>
    </>
  );
}

/** Themes by answer: three further questions of the same kind give the parts. */
function Themes({ found }: { found: RecommendationPage }) {
  const words = useWords();
  const { t } = words;
  const byAnswer = [
    useRecommendations({ position: ['supported'] }),
    useRecommendations({ position: ['partly'] }),
    useRecommendations({ position: ['noted'] }),
  ];
  const themes = counted(found, 'theme').slice(0, 10);
  const [first] = themes;
  if (!first || themes.length < 2) return null;
  if (byAnswer.some((one) => one.isPending)) return <Skeleton rows={3} />;
  const own = answers.map((answer) => t(positionWord(answer)));
  const labels = [...own, t('overview.otherAnswer')];
  const partsOf = ({ value, count }: FacetValue): Part[] => {
    const known = answers.map((answer, index) => ({
      key: answer,
      label: own[index] ?? '',
      value: counted(byAnswer[index]?.data, 'theme').find((one) => one.value === value)?.count ?? 0,
    }));
    const rest = count - known.reduce((sum, part) => sum + part.value, 0);
    return [...known, { key: 'other', label: t('overview.otherAnswer'), value: Math.max(0, rest) }];
  };
  const name = (theme: string) => valueWord(words, 'theme', theme);
  return (
    <Figure
      title={t('overview.themes', { theme: name(first.value) })}
      sub={t('overview.themes.sub')}
      table={{
        head: [t('field.theme'), ...labels, t('total')],
        rows: themes.map((theme) => [
          name(theme.value),
          ...partsOf(theme).map((part) => part.value),
          theme.count,
        ]),
      }}
    >
      <Legend labels={labels} />
      <StackedBars
        most={first.count}
        lines={themes.map((theme) => ({
          key: theme.value,
          label: (
            <Link to="/recommendations" search={{ theme: [theme.value] }}>
              {name(theme.value)}
            </Link>
          ),
          parts: partsOf(theme),
        }))}
      />
    </Figure>
  );
}

type RankedField = 'recommendingState' | 'stateUnderReview' | 'sdg' | 'group';

/** The most frequent values of a field, each a way into the list. */
function Ranked({ field, found }: { field: RankedField; found: RecommendationPage }) {
  const words = useWords();
  const { t } = words;
  const values = counted(found, field);
  const [first] = values;
  if (!first || values.length < 2) return null;
  const name = (value: string) => valueWord(words, field, value);
  return (
    <Figure
      title={t(`overview.${field}`, { n: values.length, first: name(first.value) })}
      sub={t(`overview.${field}.sub`)}
      table={{
        head: [t(`field.${field}`), t('list.title')],
        rows: values.map(({ value, count }) => [name(value), count]),
      }}
    >
      <RankedBars
        rows={values.slice(0, 10).map(({ value, count }) => ({
          key: value,
          count,
          label:
            field === 'recommendingState' ? (
              <Link to="/from/$state" params={{ state: value }}>
                {name(value)}
              </Link>
            ) : (
              <Link to="/recommendations" search={{ [field]: [value] }}>
                {name(value)}
              </Link>
            ),
        }))}
      />
    </Figure>
  );
}
