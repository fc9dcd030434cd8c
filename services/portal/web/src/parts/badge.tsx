import type { MessageId } from '../intl/catalogue';
import { useWords } from '../intl/words';
import { Icon } from './icon';

export const positions = ['supported', 'partly', 'noted', 'pending', 'unclear'] as const;

export const positionWord = (position: string): MessageId =>
  (positions as readonly string[]).includes(position)
    ? (`position.${position}` as MessageId)
    : 'position.none';

/** The State's answer as icon, word and tint; noted is a diplomatic answer, so never red. */
export function PositionBadge({ position }: { position: string }) {
  const { t } = useWords();
  if (!position) return null;
  return (
    <span className={`badge ${position}`}>
      <Icon name={position} mirrored={position === 'partly'} />
      {t(positionWord(position))}
    </span>
  );
}
