import type { ReactNode } from 'react';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import '../../styles/tabs.css';
import './import.css';

const steps = ['file', 'columns', 'review', 'apply'] as const;
export type WizardStep = (typeof steps)[number];

/** Heading, promise and the numbered steps around every page of an import. */
export function Wizard({ step, done, children }: { step: WizardStep; done?: boolean; children: ReactNode }) {
  const { t } = useWords();
  const at = steps.indexOf(step);
  return (
    <>
      <PageTop title={t('nav.import')} lead={t('work.import.promise')} />
      <ol className="wizard" aria-label={t('work.import.steps')}>
        {steps.map((one, index) => {
          const passed = index < at || (done && index === at);
          return (
            <li
              key={one}
              className={passed ? 'passed' : index === at ? 'now' : 'ahead'}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className="wizard-number">
                {passed ? <Icon name="check" /> : index + 1}
                {passed && <span className="hidden-words">{t('work.import.stepDone')}</span>}
              </span>
              <span className="wizard-word">{t(`work.import.step.${one}`)}</span>
            </li>
          );
        })}
      </ol>
      {children}
    </>
  );
}
