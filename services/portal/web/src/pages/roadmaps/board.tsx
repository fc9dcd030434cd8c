import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { roadmaps, workbookAddress, type Action, type Gap, type PlanView } from '../../api/roadmaps';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import './roadmaps.css';

/** One roadmap by the institutions that lead, with what it lacks and what it costs; made to be printed. */
export function RoadmapBoard() {
  const { t } = useWords();
  const { id } = useParams({ from: '/work/roadmaps/$id' });
  const found = useQuery({ queryKey: ['roadmap', id], queryFn: () => roadmaps.plan(id) });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError)
    return (
      <>
        <PageTop title={t('nav.roadmaps')} />
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </>
    );
  return <Board view={found.data} />;
}

function Board({ view }: { view: PlanView }) {
  const words = useWords();
  const { t, date } = words;
  const { roadmap, number, adoptedOn, actions } = view;
  const edition = number === null ? t('work.roadmap.draft') : t('work.roadmap.version', { n: number });
  const leads = [...new Set(actions.map(({ leadInstitution }) => leadInstitution))].sort((a, b) =>
    a === '' ? 1 : b === '' ? -1 : a.localeCompare(b),
  );
  return (
    <>
      <PageTop
        title={roadmap.title}
        heading={<bdi>{roadmap.title}</bdi>}
        lead={[
          stateName(words, roadmap.stateUnderReview),
          edition,
          adoptedOn && t('work.roadmap.adopted', { day: date(adoptedOn) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      >
        <p className="actions page-actions">
          <button type="button" className="button" onClick={() => print()}>
            <Icon name="print" /> {t('work.roadmap.print')}
          </button>
          <a className="button" href={workbookAddress(roadmap.roadmapId)} download>
            <Icon name="table" /> {t('work.roadmap.workbook')}
          </a>
        </p>
      </PageTop>
      {leads.map((lead) => (
        <section key={lead} className="card roadmap-part">
          <h2>{lead ? <bdi>{lead}</bdi> : t('work.roadmap.gap.lead-missing')}</h2>
          <Actions actions={actions.filter(({ leadInstitution }) => leadInstitution === lead)} lead={lead} />
        </section>
      ))}
      <Need need={view.need} />
      <Gaps view={view} />
    </>
  );
}

const tints = {
  overdue: 'bad',
  'at-risk': 'partly',
  'on-time': 'noted',
  done: 'supported',
  dropped: '',
  'not-agreed': '',
};

function Actions({ actions, lead }: { actions: Action[]; lead: string }) {
  const { t, date, number } = useWords();
  return (
    <div
      className="table-box"
      tabIndex={0}
      role="region"
      aria-label={lead || t('work.roadmap.gap.lead-missing')}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('work.roadmap.action')}</th>
            <th scope="col">{t('work.roadmap.due')}</th>
            <th scope="col">{t('work.roadmap.state')}</th>
            <th scope="col">{t('work.roadmap.indicators')}</th>
            <th scope="col" className="number">
              {t('list.title')}
            </th>
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <tr key={action.actionId}>
              <th scope="row">
                <bdi className="code muted">{action.number}</bdi> <bdi>{action.title}</bdi>
              </th>
              <td>{action.dueOn ? date(action.dueOn) : t('work.roadmap.unknown')}</td>
              <td>
                <span className={`badge ${tints[action.standing]}`}>
                  {t(`work.roadmap.standing.${action.standing}`)}
                </span>
              </td>
              <td>
                <Indicators action={action} />
              </td>
              <td className="number">{number(action.recommendationIds.length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Decimals come as text and are shown as they are: a number of JavaScript would round them. */
function Indicators({ action }: { action: Action }) {
  const { t } = useWords();
  const shown = (value: string | null | undefined, unit: string) =>
    value === null || value === undefined ? t('work.roadmap.unknown') : `${value} ${unit}`;
  return (
    <ul className="plain small">
      {action.indicators.map(({ indicatorId, title, unit, baseline, target }) => {
        const last = action.values[indicatorId]?.at(-1);
        return (
          <li key={indicatorId}>
            <bdi>{title}</bdi>:{' '}
            <bdi>
              {shown(baseline.value, unit)} → {last ? `${shown(last.value, unit)} → ` : ''}
              {shown(target.value, unit)}
            </bdi>
          </li>
        );
      })}
    </ul>
  );
}

function Need({ need }: { need: PlanView['need'] }) {
  const { t, number } = useWords();
  return (
    <section className="card roadmap-part">
      <h2>{t('work.roadmap.need')}</h2>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.roadmap.need')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.roadmap.year')}</th>
              <th scope="col" className="number">
                {t('work.roadmap.amount')}
              </th>
              <th scope="col" className="number">
                {t('work.roadmap.estimated')}
              </th>
              <th scope="col" className="number">
                {t('work.roadmap.unknown')}
              </th>
            </tr>
          </thead>
          <tbody>
            {need.years.map(({ year, currency, amount, actions, unknown }) => (
              <tr key={`${year} ${currency}`}>
                <th scope="row">{year}</th>
                <td className="number">
                  <bdi>
                    {grouped(amount)} {currency}
                  </bdi>
                </td>
                <td className="number">{number(actions)}</td>
                <td className="number">{number(unknown)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{t('work.roadmap.withoutEstimate', { n: need.withoutEstimate })}</p>
    </section>
  );
}

/** "1 234 567.5" of "1234567.5", with blanks that do not break. */
const grouped = (decimal: string) => {
  const [whole = '', rest] = decimal.split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return rest ? `${parted}.${rest}` : parted;
};

function Gaps({ view: { gaps, recommendations } }: { view: PlanView }) {
  const { t } = useWords();
  const lines = new Map(recommendations.map((line) => [line.recommendationId, line]));
  if (gaps.length === 0) return null;
  const kinds = [...new Set(gaps.map(({ kind }) => kind))];
  return (
    <section className="card roadmap-part" aria-labelledby="gaps">
      <h2 id="gaps">{t('work.roadmap.gaps', { n: gaps.length })}</h2>
      {kinds.map((kind) => (
        <div key={kind}>
          <h3>{t(`work.roadmap.gap.${kind}`)}</h3>
          <ul>
            {gaps
              .filter((gap) => gap.kind === kind)
              .map((gap) => (
                <li key={`${gap.actionId ?? ''}${gap.recommendationId ?? ''}${gap.about ?? ''}`}>
                  <About gap={gap} line={lines.get(gap.recommendationId ?? '')} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function About({ gap, line }: { gap: Gap; line?: PlanView['recommendations'][number] }) {
  if (gap.recommendationId) {
    return (
      <Link to="/recommendations/$id" params={{ id: gap.recommendationId }}>
        <bdi className="code">{line ? `${line.symbol} ${line.paragraph}` : gap.recommendationId}</bdi>{' '}
        <bdi>{line?.text}</bdi>
      </Link>
    );
  }
  return (
    <>
      <bdi className="code muted">{gap.number}</bdi> <bdi>{gap.title}</bdi>
      {gap.about && (
        <>
          {' '}
          (<bdi>{gap.about}</bdi>)
        </>
      )}
    </>
  );
}
