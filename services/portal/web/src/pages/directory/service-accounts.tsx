import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/hooks';
import { directory, type ServiceAccount } from '../../api/directory';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { AccessFields, type Access } from './access-fields';
import { Roles, Where } from './where';

/** Programs that act by themselves, such as `ft` on another machine. */
export function ServiceAccounts() {
  const { t } = useWords();
  const editing = useMay('directory.write');
  const [adding, setAdding] = useState(false);
  const found = useQuery({ queryKey: ['service-accounts'], queryFn: directory.serviceAccounts });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      {editing && (
        <p className="actions directory-actions">
          <button type="button" className="button" onClick={() => setAdding(true)}>
            <Icon name="plus" /> {t('work.accounts.add')}
          </button>
        </p>
      )}
      {adding && <AddAccount close={() => setAdding(false)} />}
      {found.data.serviceAccounts.length ? (
        <ul className="rows">
          {found.data.serviceAccounts.map((one) => (
            <Line key={one.id} account={one} editing={editing} />
          ))}
        </ul>
      ) : (
        <Empty title={t('work.accounts.none')}>
          <p>{t('work.accounts.none.cure')}</p>
        </Empty>
      )}
    </>
  );
}

function Line({ account, editing }: { account: ServiceAccount; editing: boolean }) {
  const { t, moment } = useWords();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => directory.removeServiceAccount(account.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['service-accounts'] }),
  });
  return (
    <li className="invitation">
      <div>
        <p>
          <strong>{account.name}</strong>{' '}
          {account.operator && <span className="badge">{t('work.accounts.operator')}</span>}
        </p>
        <p className="facts">
          <span>
            <Roles roles={account.roles} />
          </span>
          <span>
            <Where states={account.states} />
          </span>
          <span>
            {account.lastUsedAt
              ? t('work.accounts.used', { when: moment(account.lastUsedAt) })
              : t('work.accounts.unused')}
          </span>
        </p>
        <TroubleLine error={remove.error} />
      </div>
      {editing && (
        <button
          type="button"
          className="button small danger"
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('work.accounts.remove')}
          <span className="hidden-words"> {account.name}</span>
        </button>
      )}
    </li>
  );
}

/** Makes an account; its secret is shown this once. */
function AddAccount({ close }: { close: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<Access>({ roles: [], states: ['*'] });
  const add = useMutation({
    mutationFn: () => directory.addServiceAccount({ name: name.trim(), ...access }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['service-accounts'] }),
  });
  if (add.data) {
    return (
      <Box title={add.data.name} close={close}>
        <p>{t('work.accounts.secret')}</p>
        <p className="account-secret" dir="ltr">
          <code>{add.data.secret}</code>
        </p>
        <p className="small muted">{t('work.accounts.secret.hint')}</p>
        <button type="button" className="button" onClick={close}>
          {t('close')}
        </button>
      </Box>
    );
  }
  return (
    <Box title={t('work.accounts.add')} close={close}>
      <div className="field">
        <label htmlFor="account-name">{t('work.accounts.name')}</label>
        <input
          id="account-name"
          className="input"
          dir="auto"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <AccessFields value={access} change={setAccess} />
      <TroubleLine error={add.error} />
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={!name.trim() || !access.roles.length || !access.states.length || add.isPending}
          onClick={() => add.mutate()}
        >
          {t('work.accounts.create')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Box>
  );
}
