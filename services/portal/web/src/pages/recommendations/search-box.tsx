import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';

/** Searches while one types, a third of a second after the last key. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string, wait: number) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), wait);
  };
  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault();
        search(typed, 0);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        value={typed}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        autoComplete="off"
        maxLength={200}
        onChange={(event) => search(event.target.value, 350)}
      />
    </form>
  );
}
