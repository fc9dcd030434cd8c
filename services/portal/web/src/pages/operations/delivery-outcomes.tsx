import { useQuery } from '@tanstack/react-query';
import { operations, type Deliveries } from '../../api/operations';
import { useWords } from '../../intl/words';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';

const counted = ['accepted', 'failed', 'dead', 'waiting', 'late'] as const satisfies (keyof Deliveries)[];

/** What became of mails, without anything about to whom. */
export function DeliveryOutcomes() {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ['operations', 'deliveries'],
    queryFn: operations.deliveries,
    refetchInterval: 30_000,
  });
  return (
    <section aria-labelledby="operations-deliveries">
      <h2 id="operations-deliveries">{t('work.operations.deliveries')}</h2>
      {found.isPending && <Skeleton rows={1} height="line-height" />}
      {found.isError && <TroubleBox error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Outcomes of={found.data} />}
    </section>
  );
}

function Outcomes({ of }: { of: Deliveries }) {
  const { t, number } = useWords();
  return (
    <>
      <p className="small muted">{t('work.operations.deliveries.days', { n: of.days })}</p>
      <dl className="outcomes">
        {counted.map((outcome) => (
          <div key={outcome}>
            <dt>{t(`work.operations.deliveries.${outcome}`)}</dt>
            <dd>{number(of[outcome])}</dd>
          </div>
        ))}
      </dl>
      {of.answers.length > 0 && (
        <>
          <h3>{t('work.operations.deliveries.answers')}</h3>
          <ul className="rows">
            {of.answers.map(({ outcome, code, attempts }) => (
              <li key={`${outcome} ${code}`} className="answer-line">
                <bdi className="code">{code || outcome}</bdi>
                <span>{number(attempts)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
