import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { filterOf, filterToBody } from '../../api/filter';
import { consultations, type Audience, type NewConsultation } from '../../api/consultations';
import { useSession } from '../../api/hooks';
import { useWords } from '../../intl/words';
import { FilterWords } from '../../parts/filter-list';
import { Guard } from '../../parts/guard';
import { PageTop } from '../../parts/page';
import { TroubleLine } from '../../parts/trouble';
import './consultations.css';

type Said = Omit<NewConsultation, 'filter'>;
const audiences: Audience[] = ['facilitator', 'participants', 'public'];

/** Convenes a consultation on the recommendations of the filter in the address. */
export function Convene() {
  const { t } = useWords();
  return (
    <Guard needs="consultations.write">
      <PageTop title={t('work.consultation.convene')} lead={t('work.consultation.convene.lead')} />
      <Form />
    </Guard>
  );
}

function Form() {
  const { t } = useWords();
  const navigate = useNavigate();
  const filter = filterOf(useSearch({ from: '/work/consultations/new' }));
  const states = useSession().data?.member?.states ?? [];
  const [said, setSaid] = useState<Said>({
    stateUnderReview: states[0] === '*' ? '' : (states[0] ?? ''),
    title: '',
    purpose: '',
    facilitator: '',
    opensAt: '',
    closesAt: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    submissionsVisibleTo: 'facilitator',
  });
  const convene = useMutation({
    mutationFn: () => consultations.convene({ ...said, filter: filterToBody(filter) }),
    onSuccess: ({ consultationId }) => navigate({ to: '/consultations/$id', params: { id: consultationId } }),
  });
  const text = (name: keyof Said, type = 'text') => (
    <div className="field">
      <label htmlFor={`convene-${name}`}>{t(`work.consultation.field.${name}`)}</label>
      <input
        id={`convene-${name}`}
        className="input"
        type={type}
        required
        value={said[name]}
        onChange={({ target }) => setSaid({ ...said, [name]: target.value })}
      />
    </div>
  );
  return (
    <form
      className="card consultation-form"
      onSubmit={(event) => {
        event.preventDefault();
        convene.mutate();
      }}
    >
      <FilterWords filter={filter} />
      {text('stateUnderReview')}
      {text('title')}
      {text('purpose')}
      {text('facilitator')}
      {text('opensAt', 'datetime-local')}
      {text('closesAt', 'datetime-local')}
      {text('timeZone')}
      <fieldset>
        <legend>{t('work.consultation.field.submissionsVisibleTo')}</legend>
        {audiences.map((audience) => (
          <label key={audience} className="choice">
            <input
              type="radio"
              name="audience"
              checked={said.submissionsVisibleTo === audience}
              onChange={() => setSaid({ ...said, submissionsVisibleTo: audience })}
            />{' '}
            {t(`work.consultation.visible.${audience}`)}
          </label>
        ))}
      </fieldset>
      <TroubleLine error={convene.error} />
      <p className="actions">
        <button className="button primary" disabled={convene.isPending}>
          {t('work.consultation.convene')}
        </button>
      </p>
    </form>
  );
}
