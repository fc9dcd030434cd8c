import { lazy, Suspense } from 'react';
import { useMay } from '../../api/hooks';
import { voices, type Assessment } from '../../api/voices';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { speaks } from '../../parts/record';

const AnswerForm = lazy(() => import('./answer-form'));

export const verdictWord = (verdict: string): MessageId => `one.verdict.${verdict}` as MessageId;
const voiceWord = (voice: string): MessageId => `one.voice.${voice}` as MessageId;

/** State, NHRI, civil society and UN side by side, none above another; a voice that has not spoken says so. */
export function VoiceColumns({ id, assessments }: { id: string; assessments: Assessment[] }) {
  const { t } = useWords();
  const answering = useMay('assessments.answer');
  return (
    <ul className="voices">
      {voices.map((voice) => {
        const own = assessments.filter((one) => one.voice === voice);
        return (
          <li key={voice} className="voice">
            <h3>{t(voiceWord(voice))}</h3>
            {own.length === 0 && <p className="muted small">{t('one.voice.silent')}</p>}
            {own.map((one) => (
              <Verdict key={one.assessmentId} assessment={one}>
                {answering && voice !== 'state' && (
                  <Suspense>
                    <AnswerForm id={id} assessment={one} />
                  </Suspense>
                )}
              </Verdict>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function Verdict({ assessment, children }: { assessment: Assessment; children: React.ReactNode }) {
  const { t, date } = useWords();
  const { verdict, summary, method, evidence, language, organisationName, assessedOn, edition, answers } =
    assessment;
  return (
    <article className="verdict">
      <p className={`verdict-word ${verdict}`}>{t(verdictWord(verdict))}</p>
      <p {...speaks(language)}>{summary}</p>
      <p className="facts">
        {organisationName && (
          <span>
            <bdi>{organisationName}</bdi>
          </span>
        )}
        <span>{date(assessedOn)}</span>
        {edition > 1 && <span>{t('one.edition', { n: edition })}</span>}
      </p>
      {(method || evidence.length > 0) && (
        <details>
          <summary>{t('one.basis')}</summary>
          {method && <p {...speaks(language)}>{method}</p>}
          <ul className="evidence">
            {evidence.map(({ title, url }) => (
              <li key={title + url}>
                {url ? (
                  <a href={url} rel="noreferrer nofollow">
                    <bdi>{title}</bdi>
                  </a>
                ) : (
                  <bdi>{title}</bdi>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {answers.map((answer) => (
        <blockquote key={answer.number} className="answer">
          <p className="muted small">{t('one.answer', { date: date(answer.answeredOn) })}</p>
          <p {...speaks(answer.language)}>{answer.text}</p>
        </blockquote>
      ))}
      {children}
    </article>
  );
}
