import { Outlet, useLoaderData, useLocation, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMe } from '../api/hooks';
import { applyLocale } from '../intl/locale';
import { Speaks, useWords } from '../intl/words';
import { Header } from './header';
import { Navigation } from './navigation';

/** What stands around every page. */
export function Shell() {
  const language = useLoaderData({ from: '__root__' });
  const { lang } = useSearch({ from: '__root__' });
  const { locale } = language;
  useEffect(() => {
    // Only a language somebody asked for is remembered; the browser's own needs no remembering.
    if (lang === locale) applyLocale(locale);
  }, [lang, locale]);
  const me = useMe();
  return (
    <Speaks language={language} timeZone={me.data?.timeZone || undefined}>
      <Frame />
    </Speaks>
  );
}

function Frame() {
  const { t } = useWords();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    // A change of page is told to people who cannot see it by moving to where the new page begins.
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return (
    <>
      <a className="skip button" href="#main">
        {t('shell.skip')}
      </a>
      <Header />
      <div className="frame">
        <div className="navigation">
          <Navigation />
        </div>
        <div className="content">
          <main id="main" tabIndex={-1} ref={main}>
            <Outlet />
          </main>
          <footer className="footer">
            <p>{t('shell.footer')}</p>
          </footer>
        </div>
      </div>
    </>
  );
}
