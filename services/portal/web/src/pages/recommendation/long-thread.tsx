import type { Recommendation } from '../../api/portal';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { steps, stepsTaken, stepWord, type Step } from '../../parts/thread';

/** How a step of the long thread stands; a step that is claimed or has fallen back says so in words. */
export interface LongStep {
  step: Step;
  state: 'open' | 'skipped' | 'claimed' | 'reached' | 'fell-back';
}

/** The steps as far as the position alone tells them. */
export function stepsByPosition(recommendation: Pick<Recommendation, 'position'>): LongStep[] {
  const taken = stepsTaken(recommendation);
  return steps.map((step, index) => ({ step, state: index < taken ? 'reached' : 'open' }));
}

const note: Partial<Record<LongStep['state'], MessageId>> = {
  claimed: 'one.thread.claimed',
  'fell-back': 'one.thread.fellBack',
};

/** The thread on a recommendation's own page, with a date under each step that is true. */
export function LongThread({ thread, dates }: { thread: LongStep[]; dates: Partial<Record<Step, string>> }) {
  const { t } = useWords();
  const latest = thread.findLastIndex(({ state }) => state !== 'open' && state !== 'skipped');
  return (
    <ol className="long-thread" aria-label={t('thread.label')}>
      {thread.map(({ step, state }, index) => {
        const taken = state !== 'open' && state !== 'skipped';
        const shown = !taken ? 'to-come' : index === latest ? 'latest' : 'done';
        const said = note[state];
        return (
          <li
            key={step}
            className={said ? `${shown} unsure` : shown}
            aria-current={shown === 'latest' ? 'step' : undefined}
          >
            <span className="knot">{taken && <Icon name={said ? 'asked' : 'check'} />}</span>
            <span className="step-word">
              {t(stepWord(step))}
              {!taken && (
                <span className="hidden-words">
                  {' '}
                  {t(state === 'skipped' ? 'one.thread.skipped' : 'thread.toCome')}
                </span>
              )}
            </span>
            {said && <span className="step-date">{t(said)}</span>}
            {dates[step] && <span className="step-date">{dates[step]}</span>}
          </li>
        );
      })}
    </ol>
  );
}
