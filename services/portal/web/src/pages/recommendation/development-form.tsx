import { useMutation, useQueryClient } from '@tanstack/react-query';
import { developmentKinds, said, type DevelopmentKind, type DevelopmentText } from '../../api/voices';
import { useWords } from '../../intl/words';
import { TroubleLine } from '../../parts/trouble';
import { kindWord } from './development-list';
import { entered, FormField } from './form-field';

/** A dated fact with its link; what is sent goes to review. */
export default function DevelopmentForm({ id, close }: { id: string; close: () => void }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: (text: DevelopmentText) => said.write(id, text),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['under-review', id] });
      close();
    },
  });
  return (
    <form
      className="internal-form card"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        send.mutate({
          kind: entered(form, 'kind') as DevelopmentKind,
          happenedOn: entered(form, 'happenedOn'),
          title: entered(form, 'title'),
          text: entered(form, 'text'),
          link: entered(form, 'link'),
          language: locale,
        });
      }}
    >
      <FormField word="one.write.title">
        {(field) => <input id={field} className="input" name="title" dir="auto" required maxLength={300} />}
      </FormField>
      <FormField word="one.write.kind">
        {(field) => (
          <select id={field} className="select" name="kind" defaultValue="law">
            {developmentKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(kindWord(kind))}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField word="one.write.day">
        {(field) => <input id={field} className="input" type="date" name="happenedOn" required />}
      </FormField>
      <FormField word="one.write.link" hint="one.write.link.hint">
        {(field) => <input id={field} className="input" type="url" name="link" dir="ltr" required />}
      </FormField>
      <FormField word="one.write.text">
        {(field) => <textarea id={field} className="input" name="text" dir="auto" maxLength={10_000} />}
      </FormField>
      <TroubleLine error={send.error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={send.isPending}>
          {t('one.write.send')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
