import { filterFields, filterSize, type Filter, type FilterField } from '../../api/filter';
import { useWords } from '../../intl/words';
import { valueWord } from '../../parts/filter-words';
import { Icon } from '../../parts/icon';

/** What narrows the list now; each chip takes its value away. */
export function Chips({
  filter,
  toggle,
  search,
  clear,
}: {
  filter: Filter;
  toggle: (field: FilterField, value: string) => void;
  search: (q: string) => void;
  clear: () => void;
}) {
  const words = useWords();
  if (!filterSize(filter)) return null;
  return (
    <ul className="chips" aria-label={words.t('list.chosen')}>
      {filter.q && (
        <li>
          <Chip label={words.t('list.quoted', { text: filter.q })} remove={() => search('')} />
        </li>
      )}
      {filterFields.flatMap((field) =>
        (filter[field] ?? []).map((value) => (
          <li key={`${field}:${value}`}>
            <Chip label={valueWord(words, field, value)} remove={() => toggle(field, value)} />
          </li>
        )),
      )}
      <li>
        <button type="button" className="text-button" onClick={clear}>
          {words.t('list.clear')}
        </button>
      </li>
    </ul>
  );
}

function Chip({ label, remove }: { label: string; remove: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className="chip" onClick={remove}>
      <span className="hidden-words">{t('list.remove')} </span>
      {label}
      <Icon name="close" />
    </button>
  );
}
