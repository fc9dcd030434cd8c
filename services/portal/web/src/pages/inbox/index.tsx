import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { notifications, type Notice } from '../../api/notifications';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Guard } from '../../parts/guard';
import { PageTop } from '../../parts/page';
import { Pager } from '../../parts/pager';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { NoticeLine } from './notice-line';
import './inbox.css';

const pageRows = 20;

/** What has happened to what one follows; counts as in the e-mail. */
export function Inbox() {
  return (
    <Guard>
      <Notices />
    </Guard>
  );
}

function Notices() {
  const { t } = useWords();
  const { page = 1 } = useSearch({ from: '/work/inbox' });
  const cache = useQueryClient();
  const inbox = useQuery({ queryKey: ['inbox', page], queryFn: () => notifications.inbox(page) });
  const readAll = useMutation({
    mutationFn: notifications.readAll,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['inbox'] }),
  });
  return (
    <>
      <PageTop title={t('nav.inbox')} lead={t('work.inbox.lead')} />
      {inbox.isPending && <Skeleton height="line-height" />}
      {inbox.isError && <TroubleBox error={inbox.error} retry={() => void inbox.refetch()} />}
      {inbox.data && !inbox.data.total && (
        <Empty title={t('work.inbox.none')}>
          <p>{t('work.inbox.none.cure')}</p>
          <Link to="/recommendations" className="button">
            {t('follow.choose')}
          </Link>
        </Empty>
      )}
      {inbox.data && inbox.data.total > 0 && (
        <>
          <div className="inbox-top">
            <p role="status">
              <strong>{t('nav.unread', { n: inbox.data.unread })}</strong>
            </p>
            {inbox.data.unread > 0 && (
              <button
                type="button"
                className="text-button"
                disabled={readAll.isPending}
                onClick={() => readAll.mutate()}
              >
                {t('work.inbox.readAll')}
              </button>
            )}
          </div>
          <Groups notices={inbox.data.notices} />
          <Pager page={page} pages={Math.ceil(inbox.data.total / pageRows)} />
        </>
      )}
    </>
  );
}

const ages = ['today', 'week', 'earlier'] as const;

function ageOf({ occurredAt }: Notice, now: Date): (typeof ages)[number] {
  const at = new Date(occurredAt);
  if (at.toDateString() === now.toDateString()) return 'today';
  return now.getTime() - at.getTime() < 7 * 86_400_000 ? 'week' : 'earlier';
}

function Groups({ notices }: { notices: Notice[] }) {
  const { t } = useWords();
  const now = new Date();
  return ages.map((age) => {
    const found = notices.filter((notice) => ageOf(notice, now) === age);
    if (!found.length) return null;
    const word: MessageId = `work.inbox.${age}`;
    return (
      <section key={age} className="inbox-group" aria-labelledby={`inbox-${age}`}>
        <h2 id={`inbox-${age}`}>{t(word)}</h2>
        <ol>
          {found.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ol>
      </section>
    );
  });
}
