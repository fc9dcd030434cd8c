import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  consultations,
  outcomes,
  type ConsultationHead,
  type ConsultationState,
  type DeskSection,
  type Outcome,
  type RecommendationLine,
} from '../../api/consultations';
import { useMay } from '../../api/hooks';
import { useWords } from '../../intl/words';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';

/** What may be done next; the service has the last word. */
const nextSteps: Record<ConsultationState, readonly string[]> = {
  draft: ['schedule'],
  scheduled: ['open'],
  open: ['pause', 'close'],
  paused: ['resume', 'close'],
  closed: ['draft-outcome'],
  'outcome-draft': ['publish-outcome'],
  'outcome-published': ['archive'],
  archived: [],
  cancelled: [],
};

/** Where each section gets its fate and a reason: digits choose, Control and Enter save and go on to the next. */
export function Desk(props: { consultation: ConsultationHead; recommendations: RecommendationLine[] }) {
  const { consultation, recommendations } = props;
  const { t } = useWords();
  const id = consultation.consultationId;
  const writing = useMay('consultations.write');
  const found = useQuery({ queryKey: ['desk', id], queryFn: () => consultations.desk(id) });
  const list = useRef<HTMLOListElement>(null);
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  const { sections } = found.data;
  const lines = new Map(recommendations.map((line) => [line.recommendationId, line]));
  const open = sections.filter(({ outcome }) => outcome === null).length;
  const deciding = writing && (consultation.state === 'closed' || consultation.state === 'outcome-draft');
  const goOn = (after: number) => list.current?.querySelectorAll('textarea')[after + 1]?.focus();
  return (
    <section className="card" aria-labelledby="desk">
      <h2 id="desk">{t('work.desk.title')}</h2>
      <p role="status">{t('work.desk.open', { n: open, all: sections.length })}</p>
      {deciding && <p className="muted small">{t('work.desk.keys')}</p>}
      {writing && <Steps consultation={consultation} />}
      <ol className="desk-sections" ref={list}>
        {sections.map((section, at) => (
          <li key={section.sectionId}>
            <p>
              <strong>{t(`work.class.${section.class}` as 'work.class.cso')}</strong>{' '}
              <bdi>{section.organisation}</bdi>{' '}
              <bdi className="code muted">{lines.get(section.targetId)?.paragraph}</bdi>
            </p>
            <blockquote>
              <bdi>{section.body}</bdi>
            </blockquote>
            {deciding ? (
              <Decision
                key={section.dispositionVersion}
                section={section}
                consultationId={id}
                saved={() => goOn(at)}
              />
            ) : (
              section.outcome && (
                <p>
                  {t(`work.disposition.${section.outcome}`)}: <bdi>{section.reason}</bdi>
                </p>
              )
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Decision(props: { section: DeskSection; consultationId: string; saved: () => void }) {
  const { section, consultationId, saved } = props;
  const { t } = useWords();
  const cache = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(section.outcome);
  const [reason, setReason] = useState(section.reason ?? '');
  const ready = outcome !== null && reason.trim() !== '';
  const save = useMutation({
    mutationFn: () => consultations.dispose(section, outcome!, reason.trim()),
    onSuccess: async () => {
      saved();
      await cache.invalidateQueries({ queryKey: ['desk', consultationId] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey && ready) save.mutate();
        const chosen = event.altKey ? outcomes[Number(event.code.replace('Digit', '')) - 1] : undefined;
        if (chosen) {
          event.preventDefault();
          setOutcome(chosen);
        }
      }}
    >
      <fieldset>
        <legend>{t('work.desk.outcome')}</legend>
        {outcomes.map((one, at) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name={`outcome-${section.sectionId}`}
              checked={outcome === one}
              onChange={() => setOutcome(one)}
            />{' '}
            <span className="muted">{at + 1}</span> {t(`work.disposition.${one}`)}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`reason-${section.sectionId}`}>{t('work.desk.reason')}</label>
        <textarea
          className="input"
          id={`reason-${section.sectionId}`}
          rows={2}
          maxLength={5_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <TroubleLine error={save.error} />
      <p className="actions">
        <button className="button" disabled={!ready || save.isPending}>
          {t('save')}
        </button>
      </p>
    </form>
  );
}

function Steps({ consultation: { consultationId, version, state } }: { consultation: ConsultationHead }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const take = useMutation({
    mutationFn: (step: string) => consultations.step(consultationId, version, step, ''),
    onSettled: () => cache.invalidateQueries({ queryKey: ['consultation', consultationId] }),
  });
  return (
    <>
      <TroubleLine error={take.error} />
      <p className="actions">
        {nextSteps[state].map((step) => (
          <button
            key={step}
            type="button"
            className="button"
            disabled={take.isPending}
            onClick={() => take.mutate(step)}
          >
            {t(`work.consultation.step.${step}` as 'work.consultation.step.open')}
          </button>
        ))}
      </p>
    </>
  );
}
