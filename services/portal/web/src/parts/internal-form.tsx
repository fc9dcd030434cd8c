import { useId, type ReactNode } from 'react';
import type { Internal } from '../api/recommendations';
import type { MessageId } from '../intl/catalogue';
import { useWords } from '../intl/words';
import { TroubleLine } from './trouble';

/** How the work on a recommendation stands. */
export const statuses = ['not-started', 'in-progress', 'done', 'blocked'] as const;

type Status = (typeof statuses)[number];

/** One of ours, however a file spells it ("In progress", "not_started"); null for the words of a file itself. */
function statusOf(status: string): Status | null {
  const plain = status
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return statuses.find((one) => one === plain) ?? null;
}

export function statusWord(t: (id: MessageId) => string, status: string): string {
  const own = statusOf(status);
  return own ? t(`status.${own}`) : status;
}

/**
 * The internal fields as a form. Without `start` it is for many recommendations at once: a field left
 * empty then means "leave as it is".
 */
export function InternalForm({
  start,
  busy,
  error,
  submit,
  onSubmit,
  onCancel,
}: {
  start?: Internal;
  busy: boolean;
  error: unknown;
  submit: ReactNode;
  onSubmit: (set: Partial<Internal>) => void;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const id = useId();
  const held = start?.status ?? '';
  const read = (form: FormData): Partial<Internal> => {
    const word = (name: string) => {
      const entered = form.get(name);
      return typeof entered === 'string' ? entered.trim() : '';
    };
    const all: Internal = {
      leadInstitution: word('leadInstitution'),
      supportingInstitutions: word('supportingInstitutions')
        .split(';')
        .map((one) => one.trim())
        .filter(Boolean),
      deadline: word('deadline'),
      status: word('status'),
      note: word('note'),
    };
    if (start) return all;
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
  };
  return (
    <form
      className="internal-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(read(new FormData(event.currentTarget)));
      }}
    >
      <Field id={`${id}-lead`} word="internal.leadInstitution">
        <input
          id={`${id}-lead`}
          className="input"
          name="leadInstitution"
          defaultValue={start?.leadInstitution}
        />
      </Field>
      <Field id={`${id}-support`} word="internal.supportingInstitutions" hint="internal.supporting.hint">
        <input
          id={`${id}-support`}
          className="input"
          name="supportingInstitutions"
          defaultValue={start?.supportingInstitutions.join('; ')}
        />
      </Field>
      <Field id={`${id}-deadline`} word="internal.deadline">
        <input
          id={`${id}-deadline`}
          className="input"
          type="date"
          name="deadline"
          defaultValue={start?.deadline}
        />
      </Field>
      <Field id={`${id}-status`} word="internal.status">
        <select
          id={`${id}-status`}
          className="select"
          name="status"
          defaultValue={held && (statusOf(held) ?? held)}
        >
          <option value="">{t(start ? 'internal.none' : 'internal.leave')}</option>
          {held && !statusOf(held) && <option value={held}>{held}</option>}
          {statuses.map((status) => (
            <option key={status} value={status}>
              {statusWord(t, status)}
            </option>
          ))}
        </select>
      </Field>
      <Field id={`${id}-note`} word="internal.note">
        <textarea id={`${id}-note`} className="input" name="note" dir="auto" defaultValue={start?.note} />
      </Field>
      <TroubleLine error={error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy}>
          {submit}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function Field({
  id,
  word,
  hint,
  children,
}: {
  id: string;
  word: MessageId;
  hint?: MessageId;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className="field">
      <label htmlFor={id}>{t(word)}</label>
      {children}
      {hint && <span className="hint">{t(hint)}</span>}
    </div>
  );
}
