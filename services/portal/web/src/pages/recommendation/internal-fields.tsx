import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/hooks';
import { recommendations, type Internal, type RecommendationDetail } from '../../api/recommendations';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { InternalForm, statusWord } from '../../parts/internal-form';

/** Who leads, until when and how it stands: seen and edited only by those with the right. */
export default function InternalFields({ recommendation }: { recommendation: RecommendationDetail }) {
  const { t, date } = useWords();
  const editing = useMay('recommendations.internal.write');
  const [open, setOpen] = useState(false);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (set: Partial<Internal>) => recommendations.change(recommendation.id, set),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['recommendation', recommendation.id] });
      await cache.invalidateQueries({ queryKey: ['internal'] });
      setOpen(false);
    },
  });
  const internal = recommendation.internal;
  if (!internal) return null;
  const facts = [
    [t('internal.leadInstitution'), internal.leadInstitution],
    [t('internal.supportingInstitutions'), internal.supportingInstitutions.join('; ')],
    [t('internal.deadline'), internal.deadline && date(internal.deadline)],
    [t('internal.status'), internal.status && statusWord(t, internal.status)],
    [t('internal.note'), internal.note],
  ] as const;
  return (
    <section className="internal card" aria-labelledby="internal">
      <div className="internal-top">
        <h2 id="internal">{t('internal.title')}</h2>
        {editing && !open && (
          <button type="button" className="button small" onClick={() => setOpen(true)}>
            <Icon name="edit" /> {t('internal.edit')}
          </button>
        )}
      </div>
      <p className="muted small">{t('internal.lead')}</p>
      {open ? (
        <InternalForm
          start={internal}
          busy={save.isPending}
          error={save.error}
          submit={t('save')}
          onSubmit={save.mutate}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <dl className="internal-facts">
          {facts.map(([word, value]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{value || <span className="muted">{t('internal.none')}</span>}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
