import { filterFields, type Filter } from '../api/filter';
import { useWords } from '../intl/words';
import { fieldWord, valueWord } from './filter-words';

/** A filter in words: a line a field, alternatives joined with "or". */
export function FilterWords({ filter }: { filter: Filter }) {
  const words = useWords();
  const { t, locale } = words;
  const either = new Intl.ListFormat(locale, { type: 'disjunction' });
  return (
    <dl className="filter-words">
      {filter.q && (
        <div>
          <dt>{t('field.text')}</dt>
          <dd>{t('list.quoted', { text: filter.q })}</dd>
        </div>
      )}
      {filterFields.map((field) => {
        const values = filter[field];
        if (!values?.length) return null;
        return (
          <div key={field}>
            <dt>{t(fieldWord(field))}</dt>
            <dd>{either.format(values.map((value) => valueWord(words, field, value)))}</dd>
          </div>
        );
      })}
    </dl>
  );
}
