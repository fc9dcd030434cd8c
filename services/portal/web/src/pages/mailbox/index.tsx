import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { notifications, type Mail } from '../../api/notifications';
import { useWords } from '../../intl/words';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Pager } from '../../parts/pager';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import './mailbox.css';

const pageRows = 50;

/** The messages this installation has sent while it has no mail server: nothing of it has left the machine. */
export function Mailbox() {
  const { t } = useWords();
  const { mail } = useSearch({ from: '/work/mailbox' });
  return (
    <>
      <PageTop title={t('nav.mailbox')} lead={t('work.mailbox.lead')} />
      {mail ? <OneMail id={mail} /> : <Messages />}
    </>
  );
}

function Messages() {
  const { t, moment } = useWords();
  const { page = 1 } = useSearch({ from: '/work/mailbox' });
  const found = useQuery({
    queryKey: ['mailbox', page],
    queryFn: () => notifications.mailbox(page),
    refetchInterval: 5000,
  });
  if (found.isPending) return <Skeleton height="line-height" />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  if (!found.data.messages.length) {
    return (
      <Empty title={t('work.mailbox.none')}>
        <p>{t('work.mailbox.none.cure')}</p>
        <Link to="/follow" className="button">
          {t('nav.follow')}
        </Link>
      </Empty>
    );
  }
  return (
    <>
      <ul className="rows">
        {found.data.messages.map((one) => (
          <li key={one.id} className="mail-line">
            <Link to="/mailbox" search={{ mail: one.id }} dir="auto">
              {one.subject}
            </Link>
            <p className="facts">
              <span>{t('work.mailbox.to', { address: one.to.join(', ') })}</span>
              <span>{moment(one.receivedAt)}</span>
            </p>
          </li>
        ))}
      </ul>
      <Pager page={page} pages={Math.ceil((found.data.total || 1) / pageRows)} />
    </>
  );
}

function OneMail({ id }: { id: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['mail', id], queryFn: () => notifications.mail(id) });
  return (
    <>
      <p className="back">
        <Icon name="next" mirrored />
        <Link to="/mailbox">{t('work.mailbox.all')}</Link>
      </p>
      {found.isPending && <Skeleton rows={1} />}
      {found.isError && <TroubleBox error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Message mail={found.data} />}
    </>
  );
}

function Message({ mail }: { mail: Mail }) {
  const { t, moment } = useWords();
  return (
    <article className="card mail" aria-labelledby="mail-subject">
      <h2 id="mail-subject" dir="auto">
        {mail.subject}
      </h2>
      <p className="facts">
        <span>{t('work.mailbox.from', { address: mail.from })}</span>
        <span>{t('work.mailbox.to', { address: mail.to.join(', ') })}</span>
        <span>{moment(mail.receivedAt)}</span>
      </p>
      <div className="mail-text" dir="auto">
        <WithLinks text={mail.text} />
      </div>
      <details>
        <summary>{t('work.mailbox.headers')}</summary>
        <dl className="mail-headers" dir="ltr">
          {mail.headers.map(({ name, value }, index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  );
}

/** Addresses in the text become links, as a mail program makes them. */
function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((part, index) =>
    index % 2 ? (
      <a key={index} href={part} dir="ltr">
        {part}
      </a>
    ) : (
      <span key={index}>{part}</span>
    ),
  );
}
