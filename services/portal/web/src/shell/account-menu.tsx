import { Link } from '@tanstack/react-router';
import { useSession } from '../api/hooks';
import { signOut } from '../api/sign-out';
import { useWords } from '../intl/words';
import { Icon } from '../parts/icon';
import { useSignInAddress } from './header';
import { Menu } from './menu';

/** "Sign in" for a visitor, the person's own menu for a member. */
export function AccountMenu() {
  const { t } = useWords();
  const session = useSession();
  const address = useSignInAddress();
  const member = session.data?.member;
  if (!member) {
    return (
      <a className="button primary" href={address}>
        <span className="wide-words">{t('shell.signIn')}</span>
        <span className="narrow-words">{t('shell.signIn.short')}</span>
      </a>
    );
  }
  const label = (
    <>
      <Icon name="user" />
      <span className="wide-words">{member.name}</span>
      <Icon name="down" />
    </>
  );
  return (
    <Menu label={label} name={t('shell.account', { name: member.name })} className="button">
      <p className="menu-who">
        <strong>{member.name}</strong>
        {member.organisation}
      </p>
      <Link to="/settings">
        <Icon name="settings" /> {t('shell.settings')}
      </Link>
      <button type="button" onClick={() => void signOut()}>
        <Icon name="sign-out" mirrored /> {t('shell.signOut')}
      </button>
    </Menu>
  );
}
