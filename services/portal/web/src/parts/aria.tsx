import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { formatLocale } from '../intl/locale';
import { useWords } from '../intl/words';

/** Tells React Aria's components the page's language, so that arrows and lists follow its direction. */
export function Aria({ children }: { children: ReactNode }) {
  const { locale } = useWords();
  return <I18nProvider locale={formatLocale[locale]}>{children}</I18nProvider>;
}
