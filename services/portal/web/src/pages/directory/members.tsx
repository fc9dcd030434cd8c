import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useSession } from '../../api/hooks';
import { directory, type Member } from '../../api/directory';
import { useWords } from '../../intl/words';
import { Box } from '../../parts/box';
import { Empty } from '../../parts/empty';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { AccessFields, type Access } from './access-fields';
import { useOrganisations } from './hooks';
import { Roles, Where } from './where';

/** The people of the installation. */
export function Members() {
  const { t } = useWords();
  const editing = useMay('directory.write');
  const { names } = useOrganisations();
  const found = useQuery({ queryKey: ['members'], queryFn: directory.members });
  const [edited, setEdited] = useState<Member | null>(null);
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (!found.data.members.length) {
    return (
      <Empty title={t('work.members.none')}>
        <p>{t('work.members.none.cure')}</p>
      </Empty>
    );
  }
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('work.directory.members')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('work.directory.name')}</th>
              <th scope="col">{t('work.directory.organisation')}</th>
              <th scope="col">{t('work.directory.roles')}</th>
              <th scope="col">{t('work.directory.states')}</th>
              {editing && (
                <th scope="col">
                  <span className="hidden-words">{t('internal.edit')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {found.data.members.map((member) => (
              <tr key={member.id}>
                <th scope="row">
                  {member.name}
                  {member.state === 'suspended' && (
                    <span className="badge bad">{t('work.members.suspended')}</span>
                  )}
                  {member.email && (
                    <span className="member-mail">
                      <bdi>{member.email}</bdi>
                    </span>
                  )}
                </th>
                <td>{names.get(member.organisationId)?.name}</td>
                <td>
                  <Roles roles={member.roles} />
                </td>
                <td>
                  <Where states={member.states} />
                </td>
                {editing && (
                  <td>
                    <button type="button" className="button small" onClick={() => setEdited(member)}>
                      {t('internal.edit')}
                      <span className="hidden-words"> {member.name}</span>
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {edited && <EditMember key={edited.id} member={edited} close={() => setEdited(null)} />}
    </>
  );
}

function EditMember({ member, close }: { member: Member; close: () => void }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const me = useSession().data?.member?.id;
  const [access, setAccess] = useState<Access>({ roles: member.roles, states: member.states });
  const [erasing, setErasing] = useState(false);
  const renew = async () => {
    await cache.invalidateQueries({ queryKey: ['members'] });
    close();
  };
  const save = useMutation({ mutationFn: () => directory.changeMember(member.id, access), onSuccess: renew });
  const erase = useMutation({ mutationFn: () => directory.eraseMember(member.id), onSuccess: renew });
  return (
    <Box title={member.name} close={close}>
      <AccessFields value={access} change={setAccess} />
      <TroubleLine error={save.error ?? erase.error} />
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={save.isPending || !access.roles.length || !access.states.length}
          onClick={() => save.mutate()}
        >
          {t('save')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('cancel')}
        </button>
        {member.id !== me && !erasing && (
          <button type="button" className="text-button erase" onClick={() => setErasing(true)}>
            {t('work.members.erase')}
          </button>
        )}
      </div>
      {erasing && (
        <div className="stack">
          <p role="alert">{t('work.members.erase.text', { name: member.name })}</p>
          <button
            type="button"
            className="button danger"
            disabled={erase.isPending}
            onClick={() => erase.mutate()}
          >
            {t('work.members.erase.sure')}
          </button>
        </div>
      )}
    </Box>
  );
}
