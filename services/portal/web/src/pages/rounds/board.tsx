import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMay } from '../../api/hooks';
import { rounds, standings, type Board as BoardOf, type BoardTask, type Round } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { BeforeOpening } from './before-opening';
import { StandingBadge } from './standing-badge';
import { TaskBox } from './task-box';
import './rounds.css';

/** Who has answered, who is late, and whose answers were returned. */
export function Board() {
  return (
    <Guard needs="rounds.read">
      <OneRound />
    </Guard>
  );
}

function OneRound() {
  const { t, date } = useWords();
  const { id } = useParams({ from: '/work/rounds/$id' });
  const found = useQuery({ queryKey: ['rounds', id], queryFn: () => rounds.find(id) });
  const may = useMay('rounds.write');
  if (found.isPending) return <Skeleton rows={3} />;
  if (found.isError) {
    return (
      <>
        <PageTop title={t('nav.rounds')} />
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </>
    );
  }
  const round = found.data;
  return (
    <>
      <p className="back">
        <Icon name="next" mirrored />
        <Link to="/rounds">{t('nav.rounds')}</Link>
      </p>
      <PageTop
        title={round.title}
        heading={<span dir="auto">{round.title}</span>}
        lead={`${t(`work.rounds.state.${round.state}`)} · ${t('work.asked.due', { date: date(round.dueOn) })}`}
      >
        {may && round.state === 'open' && <Close round={round} />}
      </PageTop>
      {round.state === 'draft' ? may && <BeforeOpening round={round} /> : <Tasks id={id} />}
    </>
  );
}

function Close({ round }: { round: Round }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const close = useMutation({
    mutationFn: () => rounds.close(round.id, round.version),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['rounds'] }),
  });
  return (
    <>
      <p className="actions page-actions">
        <button type="button" className="button" disabled={close.isPending} onClick={() => close.mutate()}>
          {t('work.rounds.close')}
        </button>
      </p>
      <TroubleLine error={close.error} />
    </>
  );
}

function Tasks({ id }: { id: string }) {
  const { standing } = useSearch({ from: '/work/rounds/$id' });
  const found = useQuery({
    queryKey: ['rounds', id, 'board', standing],
    queryFn: () => rounds.board(id, standing),
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  });
  if (found.isPending) return <Skeleton rows={4} />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <Counts board={found.data} />
      <Table tasks={found.data.tasks} />
    </>
  );
}

/** How many stand how; each count shows only those. */
function Counts({ board }: { board: BoardOf }) {
  const { t, number } = useWords();
  const { standing } = useSearch({ from: '/work/rounds/$id' });
  const { id } = useParams({ from: '/work/rounds/$id' });
  return (
    <>
      <p role="status">{t('work.asked.progress', { done: board.answered, all: board.recommendations })}</p>
      <ul className="chips board-counts" aria-label={t('work.rounds.counts')}>
        {standings.map((one) => (
          <li key={one}>
            <Link
              to="/rounds/$id"
              params={{ id }}
              search={{ standing: standing === one ? undefined : one }}
              className="board-count"
              aria-current={standing === one ? 'true' : undefined}
            >
              <strong>{number(board.counts[one])}</strong>
              <StandingBadge standing={one} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Table({ tasks }: { tasks: BoardTask[] }) {
  const { t, number } = useWords();
  const navigate = useNavigate({ from: '/rounds/$id' });
  const { task: opened, standing } = useSearch({ from: '/work/rounds/$id' });
  const show = (task?: string) =>
    void navigate({ search: { standing, task }, replace: true, resetScroll: false });
  if (!tasks.length) return <p className="muted">{t('work.rounds.nobody')}</p>;
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.rounds.institutions')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.rounds.institution')}</th>
              <th scope="col">{t('work.rounds.standing')}</th>
              <th scope="col" className="number">
                {t('work.rounds.answered')}
              </th>
              <th scope="col" className="number">
                {t('work.rounds.reminders')}
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.id}>
                <th scope="row">
                  <button type="button" className="text-button" dir="auto" onClick={() => show(task.id)}>
                    {task.institution}
                  </button>
                </th>
                <td>
                  <StandingBadge standing={task.standing} />
                  {task.returnReason && (
                    <p className="small board-reason" dir="auto">
                      {task.returnReason}
                    </p>
                  )}
                  {(task.mail === 'failed' || task.mail === 'dead') && (
                    <p className="small board-unreached">{t('work.rounds.unreached')}</p>
                  )}
                </td>
                <td className="number">
                  {number(task.answered)} / {number(task.recommendations)}
                </td>
                <td className="number">{number(task.reminders)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {opened && <TaskBox id={opened} close={() => show()} />}
    </>
  );
}
