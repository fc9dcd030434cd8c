import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { consultations, type OneConsultation } from '../../api/consultations';
import { useMay } from '../../api/hooks';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { Desk } from './desk';
import './consultations.css';

/** One consultation: what it is about, the way to hand in, the desk, and what came of it. */
export function Consultation() {
  const { t } = useWords();
  const { id } = useParams({ from: '/work/consultations/$id' });
  const desk = useMay('consultations.read');
  const found = useQuery({ queryKey: ['consultation', id], queryFn: () => consultations.one(id) });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError)
    return (
      <>
        <PageTop title={t('nav.consultations')} />
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </>
    );
  const { consultation } = found.data;
  return (
    <>
      <Top one={found.data} />
      {consultation.state === 'open' && found.data.invited && <HandIn one={found.data} />}
      {found.data.outcome && <PublicOutcome one={found.data} outcome={found.data.outcome} />}
      {desk && <Desk consultation={consultation} recommendations={found.data.recommendations} />}
    </>
  );
}

function Top({ one: { consultation, classesInvited } }: { one: OneConsultation }) {
  const { t, moment, list } = useWords();
  return (
    <>
      <PageTop
        title={consultation.title}
        heading={<bdi>{consultation.title}</bdi>}
        lead={<bdi>{consultation.purpose}</bdi>}
      />
      <dl className="card consultation-facts">
        <dt>{t('work.roadmap.state')}</dt>
        <dd>{t(`work.consultation.state.${consultation.state}`)}</dd>
        <dt>{t('work.consultation.field.facilitator')}</dt>
        <dd>
          <bdi>{consultation.facilitator}</bdi>
        </dd>
        <dt>{t('work.consultation.opens')}</dt>
        <dd>{moment(consultation.opensAt)}</dd>
        <dt>{t('work.consultation.closes')}</dt>
        <dd>
          {moment(consultation.closesAt)} (<bdi>{consultation.timeZone}</bdi>)
        </dd>
        {classesInvited.length > 0 && (
          <>
            <dt>{t('work.consultation.invited')}</dt>
            <dd>{list(classesInvited.map((one) => t(`work.class.${one}` as 'work.class.cso')))}</dd>
          </>
        )}
      </dl>
    </>
  );
}

/** Says who will read it before the first word can be typed. */
function HandIn({ one: { consultation, recommendations } }: { one: OneConsultation }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const [bodies, setBodies] = useState<Record<string, string>>({});
  const sections = recommendations.flatMap(({ recommendationId }) => {
    const body = bodies[recommendationId]?.trim() ?? '';
    return body ? [{ targetType: 'recommendation' as const, targetId: recommendationId, body }] : [];
  });
  const handIn = useMutation({
    mutationFn: () => consultations.handIn(consultation.consultationId, locale, sections),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['consultation', consultation.consultationId] }),
  });
  if (handIn.isSuccess) {
    return (
      <p className="notice" role="status">
        <Icon name="check" /> {t('work.consultation.handedIn')}
      </p>
    );
  }
  return (
    <form
      className="card consultation-form"
      onSubmit={(event) => {
        event.preventDefault();
        handIn.mutate();
      }}
    >
      <h2>{t('work.consultation.handIn')}</h2>
      <p className="notice" id="who-reads">
        <Icon name="people" />
        <strong>{t(`work.consultation.visible.${consultation.submissionsVisibleTo}`)}</strong>
      </p>
      {recommendations.map(({ recommendationId, symbol, paragraph, text }) => (
        <div className="field" key={recommendationId}>
          <label htmlFor={`section-${recommendationId}`}>
            <bdi className="code muted">
              {symbol} {paragraph}
            </bdi>{' '}
            <bdi>{text}</bdi>
          </label>
          <textarea
            className="input"
            id={`section-${recommendationId}`}
            aria-describedby="who-reads"
            rows={4}
            maxLength={30_000}
            value={bodies[recommendationId] ?? ''}
            onChange={({ target }) => setBodies({ ...bodies, [recommendationId]: target.value })}
          />
        </div>
      ))}
      <TroubleLine error={handIn.error} />
      <p className="actions">
        <button className="button primary" disabled={handIn.isPending || sections.length === 0}>
          {t('work.consultation.handIn')}
        </button>
      </p>
    </form>
  );
}

function PublicOutcome({
  one: { recommendations },
  outcome,
}: {
  one: OneConsultation;
  outcome: NonNullable<OneConsultation['outcome']>;
}) {
  const { t } = useWords();
  const lines = new Map(recommendations.map((line) => [line.recommendationId, line]));
  return (
    <section className="card" aria-labelledby="outcome">
      <h2 id="outcome">{t('work.consultation.outcome')}</h2>
      <ul className="consultation-outcome">
        {outcome.map((section) => {
          const line = lines.get(section.targetId);
          return (
            <li key={section.sectionId}>
              <span className="badge">{t(`work.disposition.${section.outcome}`)}</span>{' '}
              {t(`work.class.${section.class}` as 'work.class.cso')}
              {line && (
                <>
                  {' · '}
                  <bdi className="code muted">
                    {line.symbol} {line.paragraph}
                  </bdi>
                </>
              )}
              <p>
                <bdi>{section.reason}</bdi>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
