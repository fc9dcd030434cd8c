import { useId, useState } from 'react';
import type { ColumnPreview, MappedField, Mapping } from '../../api/imports';
import { useWords, type Words } from '../../intl/words';
import { positions, positionWord } from '../../parts/badge';
import { fieldName } from './field-name';
import { mapValue, wordsOf } from './mapping';

interface Matching {
  columns: ColumnPreview[];
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}

/** The fields whose words are ours, with the words there are. */
function meanings({ t }: Words): Partial<Record<MappedField, [value: string, word: string][]>> {
  return {
    position: positions.map((position) => [position, t(positionWord(position))]),
    kind: [
      ['recommendation', t('kind.recommendation')],
      ['pledge', t('kind.pledge')],
    ],
  };
}

/** What the words of a column mean: matched once, kept with the template. */
export function MatchValues(props: Matching) {
  const words = useWords();
  const fields = Object.entries(meanings(words)) as [MappedField, [string, string][]][];
  const mapped = fields.filter(([field]) => props.mapping.columns[field]);
  return mapped.map(([field, choices]) => <Field key={field} field={field} choices={choices} {...props} />);
}

function Field({
  field,
  choices,
  columns,
  mapping,
  change,
}: Matching & {
  field: MappedField;
  choices: [string, string][];
}) {
  const { t } = useWords();
  const id = useId();
  const [further, setFurther] = useState('');
  const known = wordsOf(columns, mapping, field);
  return (
    <fieldset className="values">
      <legend className="label">{t('work.values.title', { field: fieldName(t, field) })}</legend>
      <p className="small muted">{t('work.values.lead')}</p>
      <ul>
        {known.map((word) => (
          <li key={word}>
            <label htmlFor={`${id}${word}`} dir="auto">
              {word}
            </label>
            <select
              id={`${id}${word}`}
              className="select"
              value={mapping.values?.[field]?.[word] ?? ''}
              onChange={(event) => change(mapValue(mapping, field, word, event.target.value))}
            >
              <option value="">{t('work.values.byItself')}</option>
              {choices.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </li>
        ))}
        <li>
          <input
            className="input"
            dir="auto"
            aria-label={t('work.values.further')}
            placeholder={t('work.values.further')}
            value={further}
            onChange={(event) => setFurther(event.target.value)}
          />
          <select
            className="select"
            aria-label={t('work.values.furtherMeaning')}
            value=""
            disabled={!further.trim()}
            onChange={(event) => {
              change(mapValue(mapping, field, further.trim(), event.target.value));
              setFurther('');
            }}
          >
            <option value="">{t('work.values.choose')}</option>
            {choices.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </li>
      </ul>
    </fieldset>
  );
}
