import { useSyncExternalStore } from 'react';
import { remember } from '../intl/locale';
import { useWords } from '../intl/words';
import { Icon } from '../parts/icon';

const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function listen(tell: () => void): () => void {
  listeners.add(tell);
  system.addEventListener('change', tell);
  return () => {
    listeners.delete(tell);
    system.removeEventListener('change', tell);
  };
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : system.matches;
}

function turn(): void {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  remember('theme', next);
  for (const tell of listeners) tell();
}

/** Turns the colours from light to dark and back; in the drawer with its name in words. */
export function ThemeButton({ words }: { words?: boolean }) {
  const { t } = useWords();
  const dark = useSyncExternalStore(listen, isDark);
  const name = t(dark ? 'shell.light' : 'shell.dark');
  return (
    <button
      type="button"
      className={words ? 'quiet' : 'quiet theme'}
      onClick={turn}
      aria-label={words ? undefined : name}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
      {words && name}
    </button>
  );
}
