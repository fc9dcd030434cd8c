import { services, type Standing } from '../../api/operations';
import { useWords, type Words } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { serviceWord, useReadiness, useStandings, type Said } from './hooks';

/** Each service: can it work, what has it not sent, what do its queues hold. */
export function ServicesTable() {
  const words = useWords();
  const { t } = words;
  const standings = useStandings().data;
  const readiness = useReadiness().data;
  return (
    <section aria-labelledby="operations-services">
      <h2 id="operations-services">{t('work.operations.services')}</h2>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.operations.services')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.operations.service')}</th>
              <th scope="col">{t('work.operations.state')}</th>
              <th scope="col">{t('work.operations.outbox')}</th>
              <th scope="col">{t('work.operations.jobs')}</th>
            </tr>
          </thead>
          <tbody>
            {services.map((service, nth) => {
              const standing = standings?.[nth]?.answer;
              return (
                <tr key={service}>
                  <th scope="row">{t(serviceWord(service))}</th>
                  <td>
                    <Ready of={readiness?.[nth]} />
                  </td>
                  <td>{standing ? outboxWords(words, standing) : '–'}</td>
                  <td>{standing ? jobWords(words, standing) : '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Ready({ of }: { of: Said<boolean> | undefined }) {
  const { t } = useWords();
  if (!of) return <span className="muted">{t('loading')}</span>;
  if (of.answer) {
    return (
      <span className="badge supported">
        <Icon name="check" /> {t('work.operations.ready')}
      </span>
    );
  }
  return (
    <span className="badge bad">
      <Icon name="warning" /> {t(of.answer === false ? 'work.operations.notReady' : 'work.operations.silent')}
    </span>
  );
}

function outboxWords({ t, number }: Words, { outbox }: Standing): string {
  if (outbox.events === 0) return number(0);
  const seconds = number(Math.round(outbox.oldestSeconds));
  return t('work.operations.outbox.some', { n: outbox.events, seconds });
}

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

function jobWords({ t, number, list }: Words, { jobs }: Standing): string {
  if (jobs.some((queue) => queue.states === null)) return t('work.operations.silent');
  const some = states.flatMap((state) => {
    const sum = jobs.reduce((all, queue) => all + (queue.states?.[state] ?? 0), 0);
    return sum > 0 ? [t(`work.operations.jobs.${state}`, { n: sum })] : [];
  });
  return some.length > 0 ? list(some) : number(0);
}
