import type { Standing } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';

const looks: Record<Standing, { icon: string; tint: string }> = {
  released: { icon: 'check', tint: 'supported' },
  answered: { icon: 'inbox', tint: 'partly' },
  returned: { icon: 'undo', tint: 'noted' },
  late: { icon: 'clock', tint: 'bad' },
  'at-risk': { icon: 'warning', tint: 'noted' },
  waiting: { icon: 'pending', tint: '' },
};

/** How a task stands, as icon, word and tint. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { t } = useWords();
  const { icon, tint } = looks[standing];
  return (
    <span className={`badge ${tint}`}>
      <Icon name={icon} />
      {t(`work.rounds.standing.${standing}`)}
    </span>
  );
}
