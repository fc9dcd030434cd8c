import type { Recommendation } from '../api/portal';
import type { MessageId } from '../intl/catalogue';
import { useWords } from '../intl/words';
import './thread.css';

/** The six steps that follow a recommendation everywhere. */
export const steps = ['recorded', 'position', 'consulted', 'planned', 'funded', 'changed'] as const;
export type Step = (typeof steps)[number];
export const stepWord = (step: Step): MessageId => `step.${step}`;

/** How many steps are true: recorded always; a position once the State has taken one. */
export function stepsTaken({ position }: Pick<Recommendation, 'position'>): number {
  return position === 'supported' || position === 'noted' || position === 'partly' ? 2 : 1;
}

/** The thread in a row of the list: six dashes and the latest step in words. */
export function ShortThread({ recommendation }: { recommendation: Pick<Recommendation, 'position'> }) {
  const { t } = useWords();
  const taken = stepsTaken(recommendation);
  return (
    <span className="short-thread">
      <svg viewBox="0 0 98 6" className="mirrored" aria-hidden="true">
        {steps.map((step, index) => (
          <rect
            key={step}
            className={index === taken - 1 ? 'latest' : index < taken ? 'done' : 'to-come'}
            x={index * 16.8}
            width="14"
            height="6"
            rx="3"
          />
        ))}
      </svg>
      {t(stepWord(steps[taken - 1] ?? 'recorded'))}
    </span>
  );
}
