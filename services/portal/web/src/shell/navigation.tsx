import { Link, useLocation } from '@tanstack/react-router';
import { may, useSession, useStates, useUnread } from '../api/hooks';
import type { MessageId } from '../intl/catalogue';
import { useWords } from '../intl/words';
import { Icon } from '../parts/icon';
import { stateName } from '../parts/record';

interface Place {
  to:
    | '/'
    | '/recommendations'
    | '/from'
    | '/roadmaps'
    | '/consultations'
    | '/inbox'
    | '/subscriptions'
    | '/follow'
    | '/imports'
    | '/rounds'
    | '/directory'
    | '/operations'
    | '/mailbox';
  icon: string;
  word: MessageId;
  /** Further addresses that belong to this place begin so. */
  under?: string;
}

/** The pages a person can go to, by what the person may do. */
export function Navigation() {
  const { t, number } = useWords();
  const session = useSession().data;
  const unread = useUnread();
  const { pathname } = useLocation();
  const places: Place[] = [
    { to: '/', icon: 'overview', word: 'nav.overview' },
    { to: '/recommendations', icon: 'recommendations', word: 'nav.recommendations' },
    { to: '/from', icon: 'asked', word: 'nav.from' },
    { to: '/roadmaps', icon: 'table', word: 'nav.roadmaps', under: '/roadmaps/' },
    { to: '/consultations', icon: 'speech', word: 'nav.consultations', under: '/consultations/' },
    ...(session?.member
      ? [
          { to: '/inbox', icon: 'inbox', word: 'nav.inbox' } as const,
          { to: '/subscriptions', icon: 'bell', word: 'nav.subscriptions' } as const,
        ]
      : [{ to: '/follow', icon: 'bell', word: 'nav.follow' } as const]),
    ...(may(session, 'imports.read')
      ? [{ to: '/imports', icon: 'import', word: 'nav.imports', under: '/import/' } as const]
      : []),
    ...(may(session, 'rounds.read')
      ? [{ to: '/rounds', icon: 'speech', word: 'nav.rounds', under: '/rounds/' } as const]
      : []),
    ...(may(session, 'directory.read')
      ? [{ to: '/directory', icon: 'people', word: 'nav.directory' } as const]
      : []),
    ...(may(session, 'operations')
      ? [{ to: '/operations', icon: 'operations', word: 'nav.operations' } as const]
      : []),
    ...(session?.instance.mailbox ? [{ to: '/mailbox', icon: 'mail', word: 'nav.mailbox' } as const] : []),
  ];
  return (
    <nav className="navigation-inner" aria-label={t('shell.navigation')}>
      <WhoseFollowUp />
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              className="nav-link"
              activeOptions={{ exact: place.to === '/', includeSearch: false }}
              {...(place.under && `${pathname}/`.startsWith(place.under) ? { 'aria-current': 'page' } : {})}
            >
              <Icon name={place.icon} />
              {t(place.word)}
              {place.to === '/inbox' && unread > 0 && (
                <span className="nav-count">
                  <span aria-hidden="true">{number(unread)}</span>
                  <span className="hidden-words">{t('nav.unread', { n: unread })}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {session?.instance.demo && (
        <p className="sample">
          <Icon name="flask" />
          {t('shell.sample')}
        </p>
      )}
    </nav>
  );
}

/** The State whose recommendations are followed up here, where it is one. */
function WhoseFollowUp() {
  const words = useWords();
  const states = useStates().data?.states ?? [];
  const only = states[0];
  if (states.length !== 1 || !only) return null;
  const cycle = Math.max(0, ...only.cycles);
  return (
    <div className="place">
      {only.state === 'XTM' && <TamarianFlag />}
      <div>
        <strong>{stateName(words, only.state)}</strong>
        {cycle > 0 && <span>{words.t('cycle', { n: cycle })}</span>}
      </div>
    </div>
  );
}

/** The invented State's invented flag. */
function TamarianFlag() {
  return (
    <svg className="flag" viewBox="0 0 34 24" aria-hidden="true">
      <path fill="#f2b04c" d="M0 0h34v8H0z" />
      <path fill="#0a5263" d="M0 8h34v8H0z" />
      <path fill="#b43c2a" d="M0 16h34v8H0z" />
    </svg>
  );
}
