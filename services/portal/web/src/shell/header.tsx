import { Link, useLocation } from '@tanstack/react-router';
import { useRef } from 'react';
import { locales, ownName } from '../intl/locale';
import { useWords } from '../intl/words';
import { HereLink } from '../parts/here';
import { Icon } from '../parts/icon';
import { AccountMenu } from './account-menu';
import { Menu } from './menu';
import { Navigation } from './navigation';
import { ThemeButton } from './theme-button';

export function Header() {
  return (
    <header className="header">
      <Drawer />
      <Link to="/" className="wordmark">
        <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
          <use href="#i-logo" />
        </svg>
        <bdi>Followthrough</bdi>
      </Link>
      <LanguageMenu />
      <ThemeButton />
      <AccountMenu />
    </header>
  );
}

/** The navigation of narrow windows. */
function Drawer() {
  const { t } = useWords();
  const drawer = useRef<HTMLDialogElement>(null);
  const close = () => drawer.current?.close();
  return (
    <>
      <button
        type="button"
        className="quiet narrow-only"
        aria-label={t('shell.menu')}
        onClick={() => drawer.current?.showModal()}
      >
        <Icon name="menu" />
      </button>
      <dialog className="drawer" ref={drawer} aria-label={t('shell.navigation')}>
        <div className="drawer-top">
          <button type="button" className="quiet" aria-label={t('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        <div onClick={(event) => (event.target as Element).closest('a') && close()}>
          <Navigation />
        </div>
        <ThemeButton words />
      </dialog>
    </>
  );
}

function LanguageMenu() {
  const { t, locale } = useWords();
  const label = (
    <>
      <Icon name="globe" />
      <span className="wide-words">{ownName[locale]}</span>
      <span className="wide-words">
        <Icon name="down" />
      </span>
    </>
  );
  return (
    <Menu label={label} name={t('shell.language', { language: ownName[locale] })} className="quiet">
      {locales.map((lang) => (
        <HereLink
          key={lang}
          change={{ lang }}
          lang={lang}
          aria-current={lang === locale ? 'true' : undefined}
        >
          {ownName[lang]}
        </HereLink>
      ))}
    </Menu>
  );
}

/** Where to come back to after signing in. */
export function useSignInAddress(): string {
  const { href } = useLocation();
  const { locale } = useWords();
  return `/sign-in?lang=${locale}&returnTo=${encodeURIComponent(href)}`;
}
