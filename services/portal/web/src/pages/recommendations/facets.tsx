import { useId, useState } from 'react';
import { filterFields, type Filter, type FilterField } from '../../api/filter';
import type { FacetValue } from '../../api/portal';
import { useWords } from '../../intl/words';
import { fieldWord, valueWord } from '../../parts/filter-words';

const alwaysShown: Partial<Record<FilterField, string[]>> = { position: ['supported', 'partly', 'noted'] };
const inOwnOrder: ReadonlySet<FilterField> = new Set([
  'position',
  'cycle',
  'session',
  'actionCategory',
  'sdg',
]);
/** More than this are shown on request, unless only one or two would be left. */
const shownAtFirst = 8;

interface Chooser {
  facets: Record<string, FacetValue[]>;
  filter: Filter;
  toggle: (field: FilterField, value: string) => void;
}

/** All filters with their counts. A field in which nothing differs is left out. */
export function Facets({ facets, filter, toggle }: Chooser) {
  return (
    <>
      {filterFields.map((field) => {
        const values = valuesOf(field, facets[field] ?? [], filter[field] ?? []);
        if (values.length < 2 && !filter[field]?.length) return null;
        return (
          <Facet key={field} field={field} values={values} chosen={filter[field] ?? []} toggle={toggle} />
        );
      })}
    </>
  );
}

/** Whether a value is worth a line: goals, not the targets counted under them; what is missing only as "none". */
function counts(field: FilterField, value: string): boolean {
  if (field === 'sdg') return !value.includes('.');
  return value !== '' && value !== '0';
}

/** Counted values, those always shown and those chosen, in the field's own order or by count. */
function valuesOf(field: FilterField, counted: FacetValue[], chosen: string[]): FacetValue[] {
  const known = new Map(
    counted.filter(({ value }) => counts(field, value)).map(({ value, count }) => [value, count]),
  );
  for (const value of [...(alwaysShown[field] ?? []), ...chosen]) if (!known.has(value)) known.set(value, 0);
  const values = [...known].map(([value, count]) => ({ value, count }));
  if (!inOwnOrder.has(field)) return values.sort((a, b) => b.count - a.count);
  const order = ['supported', 'partly', 'noted', 'pending', 'unclear'];
  const rank = ({ value }: FacetValue) => {
    if (value === 'none') return 1000;
    return field === 'position' ? order.indexOf(value) : Number(value);
  };
  return values.sort((a, b) => rank(a) - rank(b));
}

function Facet({
  field,
  values,
  chosen,
  toggle,
}: {
  field: FilterField;
  values: FacetValue[];
  chosen: string[];
  toggle: Chooser['toggle'];
}) {
  const words = useWords();
  const [all, setAll] = useState(false);
  const listId = useId();
  const most = Math.max(1, ...values.map(({ count }) => count));
  const few = values.length <= shownAtFirst + 2;
  const shown =
    all || few ? values : values.filter(({ value }, index) => index < shownAtFirst || chosen.includes(value));
  return (
    <fieldset className="facet">
      <legend>{words.t(fieldWord(field))}</legend>
      <div id={listId}>
        {shown.map(({ value, count }) => (
          <label key={value} className={count ? 'facet-row' : 'facet-row none'}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(field, value)} />
            <span className="facet-name">{valueWord(words, field, value)}</span>
            <span className="facet-count figures">
              <span className="hidden-words">, </span>
              {words.number(count)}
            </span>
            <svg className="facet-bar mirrored" aria-hidden="true">
              <rect width={`${(count / most) * 100}%`} height="3" rx="1.5" />
            </svg>
          </label>
        ))}
      </div>
      {!few && (values.length > shown.length || all) ? (
        <button
          type="button"
          className="text-button small"
          aria-expanded={all}
          aria-controls={listId}
          onClick={() => setAll(!all)}
        >
          {all ? words.t('list.fewer') : words.t('list.allValues', { n: values.length })}
        </button>
      ) : null}
    </fieldset>
  );
}
