import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { said, verdicts, type Evidence, type Findings, type Verdict } from '../../api/voices';
import { useWords } from '../../intl/words';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { entered, FormField } from './form-field';
import { verdictWord } from './voice-columns';

/** One's own organisation's verdict: kept as a draft that nobody else sees, or published. */
export default function AssessmentForm({ id, close }: { id: string; close: () => void }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const own = useQuery({ queryKey: ['own-assessment', id], queryFn: () => said.own(id), staleTime: 0 });
  const keep = useMutation({
    mutationFn: async ({ findings, publish }: { findings: Findings; publish: boolean }) => {
      const held = own.data;
      const kept = held?.work
        ? await said.revise(held.id, held.work.version, findings)
        : await said.assess(id, findings);
      // What was kept is held even where it cannot be published yet, and is not written a second time.
      cache.setQueryData(['own-assessment', id], kept);
      if (publish && kept.work) await said.publish(kept.id, kept.work.version);
    },
    onSuccess: async () => {
      cache.removeQueries({ queryKey: ['own-assessment', id] });
      await cache.invalidateQueries({ queryKey: ['said', id] });
      close();
    },
  });
  if (own.isError) return <TroubleBox error={own.error} retry={() => void own.refetch()} />;
  if (own.isPending) return <Skeleton rows={3} />;
  const start = own.data?.work;
  return (
    <form
      className="internal-form card"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const { submitter } = event.nativeEvent;
        keep.mutate({
          findings: {
            verdict: entered(form, 'verdict') as Verdict,
            summary: entered(form, 'summary'),
            method: entered(form, 'method'),
            evidence: evidenceIn(entered(form, 'evidence')),
            assessedOn: entered(form, 'assessedOn') || null,
            language: start?.language ?? locale,
          },
          publish: submitter?.getAttribute('name') === 'publish',
        });
      }}
    >
      <FormField word="one.assess.verdict">
        {(field) => (
          <select
            id={field}
            className="select"
            name="verdict"
            defaultValue={start?.verdict ?? 'not-assessed'}
          >
            {verdicts.map((verdict) => (
              <option key={verdict} value={verdict}>
                {t(verdictWord(verdict))}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField word="one.assess.summary">
        {(field) => (
          <textarea id={field} className="input" name="summary" dir="auto" defaultValue={start?.summary} />
        )}
      </FormField>
      <FormField word="one.assess.method">
        {(field) => (
          <textarea id={field} className="input" name="method" dir="auto" defaultValue={start?.method} />
        )}
      </FormField>
      <FormField word="one.assess.evidence" hint="one.assess.evidence.hint">
        {(field) => (
          <textarea
            id={field}
            className="input"
            name="evidence"
            dir="auto"
            defaultValue={start?.evidence.map(({ title, url }) => `${title} ${url}`.trim()).join('\n')}
          />
        )}
      </FormField>
      <FormField word="one.assess.day">
        {(field) => (
          <input
            id={field}
            className="input"
            type="date"
            name="assessedOn"
            defaultValue={start?.assessedOn ?? ''}
          />
        )}
      </FormField>
      <TroubleLine error={keep.error} />
      <p className="muted small">{t('one.assess.draft')}</p>
      <div className="actions">
        <button type="submit" name="publish" className="button primary" disabled={keep.isPending}>
          {t('one.assess.publish')}
        </button>
        <button type="submit" className="button" disabled={keep.isPending}>
          {t('one.assess.keep')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** A source a line: its name, and its address where it has one. */
function evidenceIn(text: string): Evidence[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const url = /(?:^|\s)(https?:\/\/\S+)$/i.exec(line)?.[1] ?? '';
      return { title: line.slice(0, line.length - url.length).trim() || url, url };
    });
}
