import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { filterOf, filterSize, filterToBody } from '../../api/filter';
import { notifications } from '../../api/notifications';
import { useWords } from '../../intl/words';
import { FilterWords } from '../../parts/filter-list';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { TroubleLine } from '../../parts/trouble';
import { ChooseStates } from './choose-states';
import './follow.css';

/** Anybody can hear of changes by e-mail, without an account; a message asks to confirm first. */
export function FollowByMail() {
  const { t, locale } = useWords();
  const search = useSearch({ from: '/by-mail/follow' });
  const filter = filterOf(search);
  const [wrong, setWrong] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const follow = useMutation({
    mutationFn: (email: string) =>
      notifications.follow({
        email,
        filter: filterToBody(filter),
        locale,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
      }),
  });
  if (follow.isSuccess) {
    return (
      <PageTop title={t('follow.sent')} lead={t('follow.sent.lead')}>
        <p role="status" className="notice follow-notice">
          <Icon name="mail" /> {t('follow.sent.text')}
        </p>
      </PageTop>
    );
  }
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const email = box.current?.value.trim() ?? '';
    const acceptable = /^[^\s@]+@[^\s@]+$/.test(email);
    setWrong(!acceptable);
    if (acceptable) follow.mutate(email);
    else box.current?.focus();
  };
  return (
    <>
      <PageTop title={t('follow.title')} lead={t('follow.lead')} />
      <form className="follow-form" noValidate onSubmit={submit}>
        <section aria-labelledby="follow-what">
          <h2 id="follow-what">{t('follow.what')}</h2>
          {filterSize(filter) > 0 ? <FilterWords filter={filter} /> : <p>{t('follow.everything')}</p>}
          <p className="small">
            <Link to="/recommendations" search={filter}>
              {t('follow.choose')}
            </Link>
          </p>
          <ChooseStates filter={filter} />
        </section>
        <div className="field">
          <label htmlFor="follow-email">{t('follow.email')}</label>
          <input
            ref={box}
            id="follow-email"
            type="email"
            name="email"
            className="input"
            autoComplete="email"
            dir="ltr"
            aria-invalid={wrong}
            aria-describedby="follow-hint follow-wrong"
          />
          <span id="follow-hint" className="hint">
            {t('follow.email.hint')}
          </span>
          <span id="follow-wrong" className="wrong" role="alert">
            {wrong && (
              <>
                <Icon name="warning" /> {t('follow.email.wrong')}
              </>
            )}
          </span>
        </div>
        <TroubleLine error={follow.error} />
        <button type="submit" className="button primary" disabled={follow.isPending}>
          {t('follow.submit')}
        </button>
      </form>
    </>
  );
}

/** Where the link of the confirmation message leads. */
export function ConfirmFollow() {
  const { t } = useWords();
  const { token } = useSearch({ from: '/by-mail/follow/confirm' });
  const confirm = useMutation({ mutationFn: () => notifications.confirmFollow(token ?? '') });
  if (confirm.isSuccess) {
    return (
      <PageTop title={t('confirm.done')} lead={t('confirm.done.lead')}>
        <p className="actions follow-notice">
          <Link to="/recommendations" className="button">
            {t('missing.list')}
          </Link>
        </p>
      </PageTop>
    );
  }
  return (
    <PageTop title={t('confirm.title')} lead={t(token ? 'confirm.lead' : 'confirm.noToken')}>
      {token && (
        <div className="stack follow-notice">
          <TroubleLine error={confirm.error} />
          <button
            type="button"
            className="button primary"
            disabled={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            {t('confirm.button')}
          </button>
        </div>
      )}
    </PageTop>
  );
}
