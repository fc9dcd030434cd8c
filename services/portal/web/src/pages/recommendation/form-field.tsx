import { useId, type ReactNode } from 'react';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';

/** A field with its label and hint; `children` gets the id that ties them. */
export function FormField({
  word,
  hint,
  children,
}: {
  word: MessageId;
  hint?: MessageId;
  children: (id: string) => ReactNode;
}) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t(word)}</label>
      {children(id)}
      {hint && <span className="hint">{t(hint)}</span>}
    </div>
  );
}

/** The text that was entered into a field, without the blanks around it. */
export function entered(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
