import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useMay } from '../../api/hooks';
import { said, type DevelopmentWork } from '../../api/voices';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { speaks } from '../../parts/record';
import { TroubleLine } from '../../parts/trouble';
import { kindWord } from './development-list';

const stateWord: Partial<Record<DevelopmentWork['state'], MessageId>> = {
  draft: 'one.review.draft',
  'in-review': 'one.review.waiting',
  returned: 'one.review.returned',
};

/** Developments that are not public yet, to their organisation and to those who review them. */
export default function UnderReview({ id }: { id: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['under-review', id], queryFn: () => said.developments(id) });
  const waiting = found.data?.filter(({ state }) => stateWord[state]) ?? [];
  if (waiting.length === 0) return null;
  return (
    <ul className="under-review" aria-label={t('one.review')}>
      {waiting.map((development) => (
        <Waiting key={development.id} id={id} development={development} />
      ))}
    </ul>
  );
}

function Waiting({ id, development }: { id: string; development: DevelopmentWork }) {
  const { t, date } = useWords();
  const field = useId();
  const reviews = useMay('developments.review');
  const [returning, setReturning] = useState(false);
  const cache = useQueryClient();
  const take = useMutation({
    mutationFn: ({ step, reason }: { step: 'submit' | 'publish' | 'return'; reason?: string }) =>
      said.step(development, step, reason),
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['under-review', id] }),
        cache.invalidateQueries({ queryKey: ['said', id] }),
      ]),
  });
  const { title, state, kind, happenedOn, link, language, text, reason } = development;
  return (
    <li className="card">
      <p className="facts">
        <span className="badge">{t(stateWord[state] ?? 'one.review.waiting')}</span>
        <span>{t(kindWord(kind))}</span>
        <span>{date(happenedOn)}</span>
      </p>
      <h3 className="source-name" {...speaks(language)}>
        {title}
      </h3>
      {text && <p {...speaks(language)}>{text}</p>}
      <p className="small">
        <a href={link} rel="noreferrer nofollow" dir="ltr">
          {link}
        </a>
      </p>
      {state === 'returned' && <p dir="auto">{reason}</p>}
      <TroubleLine error={take.error} />
      {returning ? (
        <form
          className="internal-form"
          onSubmit={(event) => {
            event.preventDefault();
            const why = new FormData(event.currentTarget).get('reason');
            if (typeof why === 'string') take.mutate({ step: 'return', reason: why });
          }}
        >
          <div className="field">
            <label htmlFor={field}>{t('one.review.why')}</label>
            <textarea id={field} className="input" name="reason" dir="auto" required maxLength={2000} />
          </div>
          <div className="actions">
            <button type="submit" className="button" disabled={take.isPending}>
              {t('one.review.return')}
            </button>
            <button type="button" className="button" onClick={() => setReturning(false)}>
              {t('cancel')}
            </button>
          </div>
        </form>
      ) : (
        <div className="actions">
          {state !== 'in-review' && (
            <button
              type="button"
              className="button small"
              disabled={take.isPending}
              onClick={() => take.mutate({ step: 'submit' })}
            >
              {t('one.write.send')}
            </button>
          )}
          {state === 'in-review' && reviews && (
            <>
              <button
                type="button"
                className="button small primary"
                disabled={take.isPending}
                onClick={() => take.mutate({ step: 'publish' })}
              >
                {t('one.review.publish')}
              </button>
              <button type="button" className="button small" onClick={() => setReturning(true)}>
                {t('one.review.return')}
              </button>
            </>
          )}
        </div>
      )}
    </li>
  );
}
