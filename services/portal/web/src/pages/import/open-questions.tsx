import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { imports, type OpenQuestion } from '../../api/imports';
import { useWords } from '../../intl/words';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { StatePicker } from '../../parts/state-picker';
import { TroubleBox, TroubleLine } from '../../parts/trouble';

/** Names of States that could not be resolved. Rows keep their raw name until somebody answers. */
export function OpenQuestions({ importId }: { importId: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['open-questions'], queryFn: () => imports.openQuestions(1) });
  if (found.isPending) return <Skeleton rows={2} height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <p>{t('work.questions.text')}</p>
      <ul className="questions">
        {found.data.questions.map((question) => (
          <Question key={question.id} question={question} importId={importId} />
        ))}
      </ul>
      {!found.data.questions.length && <p role="status">{t('work.questions.none')}</p>}
    </>
  );
}

function Question({ question, importId }: { question: OpenQuestion; importId: string }) {
  const words = useWords();
  const { t } = words;
  const cache = useQueryClient();
  const [other, setOther] = useState('');
  const answer = useMutation({
    mutationFn: (code: string | null) => imports.answer(question.id, code),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['open-questions'] });
      await cache.invalidateQueries({ queryKey: ['import', importId] });
    },
  });
  return (
    <li className="row">
      <p>
        <strong>
          <bdi>{t('list.quoted', { text: question.raw })}</bdi>
        </strong>{' '}
        {question.records > 0 && (
          <span className="muted small">{t('work.import.rows', { n: question.records })}</span>
        )}
      </p>
      <div className="actions">
        {question.suggestions.map((code) => (
          <button
            key={code}
            type="button"
            className="button small"
            disabled={answer.isPending}
            onClick={() => answer.mutate(code)}
          >
            {t('work.questions.itIs', { state: stateName(words, code) })}
          </button>
        ))}
      </div>
      <div className="question-other">
        <StatePicker label={t('work.questions.other')} value={other} onChange={setOther} />
        <button
          type="button"
          className="button small"
          disabled={!other || answer.isPending}
          onClick={() => answer.mutate(other)}
        >
          {t('work.questions.answer')}
        </button>
        <button
          type="button"
          className="text-button"
          disabled={answer.isPending}
          onClick={() => answer.mutate(null)}
        >
          {t('work.questions.noState')}
        </button>
      </div>
      <TroubleLine error={answer.error} />
    </li>
  );
}
