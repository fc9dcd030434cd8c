import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { directory } from '../../api/directory';
import { locales, ownName } from '../../intl/locale';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { TroubleLine } from '../../parts/trouble';
import { AccessFields, type Access } from './access-fields';
import { useOrganisations } from './hooks';

/** Asks one person by mail to join an organisation in one or more roles. */
export function InviteOne({ close }: { close: () => void }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const { list } = useOrganisations();
  const [person, setPerson] = useState({ email: '', name: '', organisationId: '', locale: locale });
  const [access, setAccess] = useState<Access>({ roles: [], states: ['*'] });
  const send = useMutation({
    mutationFn: () =>
      directory.invite([{ ...person, email: person.email.trim(), name: person.name.trim(), ...access }]),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['invitations'] });
      close();
    },
  });
  const set = (field: keyof typeof person) => (event: { target: { value: string } }) =>
    setPerson({ ...person, [field]: event.target.value });
  const complete = /^[^\s@]+@[^\s@]+$/.test(person.email.trim()) && person.organisationId;
  return (
    <Box title={t('work.invite.one')} close={close}>
      <div className="field">
        <label htmlFor="invite-email">{t('follow.email')}</label>
        <input
          id="invite-email"
          className="input"
          type="email"
          dir="ltr"
          value={person.email}
          onChange={set('email')}
        />
      </div>
      <div className="field">
        <label htmlFor="invite-name">
          {t('work.directory.name')} <span className="muted">({t('optional')})</span>
        </label>
        <input id="invite-name" className="input" dir="auto" value={person.name} onChange={set('name')} />
      </div>
      <div className="field">
        <label htmlFor="invite-organisation">{t('work.directory.organisation')}</label>
        <select
          id="invite-organisation"
          className="select"
          value={person.organisationId}
          onChange={set('organisationId')}
        >
          <option value="">{t('work.invite.choose')}</option>
          {(list.data?.organisations ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {list.data && !list.data.organisations.length && (
          <span className="hint">{t('work.organisations.none.cure')}</span>
        )}
      </div>
      <div className="field">
        <label htmlFor="invite-language">{t('work.invite.language')}</label>
        <select id="invite-language" className="select" value={person.locale} onChange={set('locale')}>
          {locales.map((one) => (
            <option key={one} value={one}>
              {ownName[one]}
            </option>
          ))}
        </select>
      </div>
      <AccessFields value={access} change={setAccess} />
      <TroubleLine error={send.error} />
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={!complete || !access.roles.length || !access.states.length || send.isPending}
          onClick={() => send.mutate()}
        >
          {t('work.invite.send')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Box>
  );
}
