import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { said, type Assessment } from '../../api/voices';
import { useWords } from '../../intl/words';
import { TroubleLine } from '../../parts/trouble';

/** The State's coordinator answers a verdict; it appears beside it. */
export default function AnswerForm({ id, assessment }: { id: string; assessment: Assessment }) {
  const { t, locale } = useWords();
  const field = useId();
  const [open, setOpen] = useState(false);
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: (text: string) =>
      said.answer(assessment.assessmentId, text, locale, assessment.answers.length),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['said', id] });
      setOpen(false);
    },
  });
  if (!open) {
    return (
      <button type="button" className="button small" onClick={() => setOpen(true)}>
        {t('one.answer.write')}
      </button>
    );
  }
  return (
    <form
      className="internal-form"
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get('text');
        if (typeof text === 'string') send.mutate(text);
      }}
    >
      <div className="field">
        <label htmlFor={field}>{t('one.answer.text')}</label>
        <textarea id={field} className="input" name="text" dir="auto" required maxLength={10_000} />
      </div>
      <TroubleLine error={send.error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={send.isPending}>
          {t('one.answer.send')}
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
