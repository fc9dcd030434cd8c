import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Trouble } from '../../api/client';
import { asked, type OwnTask } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { StandingBadge } from '../rounds/standing-badge';
import { EnterCode } from './enter-code';
import { OneTask } from './one-task';
import './asked.css';

/** What an institution is asked, for whoever has its link: a code first, then the tasks of that address. */
export function Asked() {
  const { t } = useWords();
  const { link, task } = useSearch({ from: '/work/asked' });
  const found = useQuery({ queryKey: ['asked'], queryFn: asked.tasks, retry: false });
  if (found.isPending) return <Skeleton rows={2} />;
  if (found.error instanceof Trouble && found.error.kind === 'unauthenticated')
    return <EnterCode link={link} />;
  if (found.isError) {
    return (
      <>
        <PageTop title={t('work.asked.title')} />
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </>
    );
  }
  const { tasks } = found.data;
  const [only] = tasks;
  const opened = task ?? (tasks.length === 1 ? only?.id : undefined);
  if (opened) return <OneTask id={opened} alone={tasks.length === 1} />;
  if (!tasks.length) return <PageTop title={t('work.asked.none')} lead={t('work.asked.none.lead')} />;
  return (
    <>
      <PageTop title={t('work.asked.title')} lead={t('work.asked.lead')} />
      <ul className="rows">
        {tasks.map((one) => (
          <TaskLine key={one.id} task={one} link={link} />
        ))}
      </ul>
    </>
  );
}

function TaskLine({ task, link }: { task: OwnTask; link?: string }) {
  const { t, date } = useWords();
  return (
    <li className="asked-line">
      <Link to="/asked" search={{ link, task: task.id }} dir="auto">
        {task.title}
      </Link>
      <p className="facts">
        <span dir="auto">{task.institution}</span>
        <span>{t('work.asked.due', { date: date(task.dueOn) })}</span>
        <span>{t('work.asked.progress', { done: task.answered, all: task.recommendations })}</span>
      </p>
      <StandingBadge standing={task.standing} />
    </li>
  );
}
