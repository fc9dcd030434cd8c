import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { directory } from '../../api/directory';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { TroubleLine } from '../../parts/trouble';

/** Invites everybody on a list; each row that could not be used is told with its cure. */
export function InviteFromFile() {
  const { t } = useWords();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: directory.inviteFromFile,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations'] }),
  });
  const refused = send.data?.rows.filter(({ state }) => state === 'rejected') ?? [];
  return (
    <div className="invite-file">
      <button
        type="button"
        className="button"
        disabled={send.isPending}
        onClick={() => input.current?.click()}
      >
        <Icon name="file" /> {t('work.invite.file')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={t('work.invite.file')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) send.mutate(file);
        }}
      />
      <p className="small muted">{t('work.invite.file.hint')}</p>
      <TroubleLine error={send.error} />
      <p role="status">{send.data && t('work.invite.file.done', { n: send.data.invited })}</p>
      {refused.length > 0 && (
        <div className="table-box" tabIndex={0} role="region" aria-label={t('work.invite.file.refused')}>
          <table>
            <caption>{t('work.invite.file.refused')}</caption>
            <tbody>
              {refused.map(({ row, email, reason, cure }) => (
                <tr key={row}>
                  <th scope="row">{t('at.row', { n: row })}</th>
                  <td>
                    <bdi>{email}</bdi>
                  </td>
                  <td lang="en" dir="ltr">
                    {reason} {cure}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
