import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../api/hooks';
import { said } from '../../api/voices';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleBox } from '../../parts/trouble';
import { DevelopmentList } from './development-list';
import { VoiceColumns } from './voice-columns';
import './said.css';

/** Only those who may write have something to see there. */
const DevelopmentForm = lazy(() => import('./development-form'));
const AssessmentForm = lazy(() => import('./assessment-form'));
const UnderReview = lazy(() => import('./under-review'));

/** What has happened, and who says what: facts in the order of their days, verdicts side by side. */
export default function Said({ id }: { id: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['said', id], queryFn: () => said.about(id) });
  const [writing, setWriting] = useState<'development' | 'assessment' | null>(null);
  const mayWrite = useMay('developments.write');
  const mayAssess = useMay('assessments.write');
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  const close = () => setWriting(null);
  return (
    <>
      <section aria-labelledby="voices">
        <div className="said-top">
          <h2 id="voices">{t('one.voices')}</h2>
          {mayAssess && writing !== 'assessment' && (
            <button type="button" className="button small" onClick={() => setWriting('assessment')}>
              <Icon name="edit" /> {t('one.assess')}
            </button>
          )}
        </div>
        <p className="muted small">{t('one.voices.lead')}</p>
        {writing === 'assessment' && (
          <Suspense>
            <AssessmentForm id={id} close={close} />
          </Suspense>
        )}
        <VoiceColumns id={id} assessments={found.data.assessments} />
      </section>
      <section aria-labelledby="developments">
        <div className="said-top">
          <h2 id="developments">{t('one.developments')}</h2>
          {mayWrite && writing !== 'development' && (
            <button type="button" className="button small" onClick={() => setWriting('development')}>
              <Icon name="plus" /> {t('one.write')}
            </button>
          )}
        </div>
        {writing === 'development' && (
          <Suspense>
            <DevelopmentForm id={id} close={close} />
          </Suspense>
        )}
        {mayWrite && (
          <Suspense>
            <UnderReview id={id} />
          </Suspense>
        )}
        <DevelopmentList developments={found.data.developments} />
      </section>
    </>
  );
}
