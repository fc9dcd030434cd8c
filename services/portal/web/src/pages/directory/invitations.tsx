import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/hooks';
import { directory, type Invitation } from '../../api/directory';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { useOrganisations } from './hooks';
import { InviteFromFile } from './invite-from-file';
import { InviteOne } from './invite-one';
import { Roles } from './where';

/** Who has been asked to join: one by one, or everybody on a list. */
export function Invitations() {
  const { t } = useWords();
  const editing = useMay('directory.write');
  const [inviting, setInviting] = useState(false);
  const found = useQuery({ queryKey: ['invitations'], queryFn: directory.invitations });
  return (
    <>
      {editing && (
        <div className="invite-ways">
          <button type="button" className="button" onClick={() => setInviting(true)}>
            <Icon name="plus" /> {t('work.invite.one')}
          </button>
          <InviteFromFile />
        </div>
      )}
      {inviting && <InviteOne close={() => setInviting(false)} />}
      {found.isPending && <Skeleton height="line-height" />}
      {found.isError && <TroubleBox error={found.error} retry={() => void found.refetch()} />}
      {found.data && !found.data.invitations.length && (
        <Empty title={t('work.invite.none')}>
          <p>{t('work.invite.none.cure')}</p>
        </Empty>
      )}
      {found.data && found.data.invitations.length > 0 && (
        <ul className="rows">
          {found.data.invitations.map((one) => (
            <Line key={one.id} invitation={one} editing={editing} />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ invitation, editing }: { invitation: Invitation; editing: boolean }) {
  const { t, date } = useWords();
  const cache = useQueryClient();
  const { names } = useOrganisations();
  const renew = () => cache.invalidateQueries({ queryKey: ['invitations'] });
  const again = useMutation({ mutationFn: () => directory.inviteAgain(invitation.id), onSuccess: renew });
  const revoke = useMutation({
    mutationFn: () => directory.revokeInvitation(invitation.id),
    onSuccess: renew,
  });
  const { state, name, email } = invitation;
  return (
    <li className="invitation">
      <div>
        <p>
          <strong>{name || <bdi>{email}</bdi>}</strong>{' '}
          <span className={state === 'sent' ? 'badge' : 'badge bad'}>{t(`work.invite.state.${state}`)}</span>
        </p>
        <p className="facts">
          {name && (
            <span>
              <bdi>{email}</bdi>
            </span>
          )}
          <span>{names.get(invitation.organisationId)?.name}</span>
          <span>
            <Roles roles={invitation.roles} />
          </span>
          <span>{t('work.invite.until', { date: date(new Date(invitation.expiresAt)) })}</span>
        </p>
        <TroubleLine error={again.error ?? revoke.error} />
        <p role="status" className="small">
          {again.isSuccess && t('work.invite.sentAgain')}
        </p>
      </div>
      {editing && (
        <div className="actions">
          <button
            type="button"
            className="button small"
            disabled={again.isPending}
            onClick={() => again.mutate()}
          >
            {t('work.invite.again')}
            <span className="hidden-words"> {name || email}</span>
          </button>
          <button
            type="button"
            className="button small danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {t('work.invite.revoke')}
            <span className="hidden-words"> {name || email}</span>
          </button>
        </div>
      )}
    </li>
  );
}
