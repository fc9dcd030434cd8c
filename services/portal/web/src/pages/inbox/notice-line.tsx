import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { notifications, type Notice } from '../../api/notifications';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { PositionBadge } from '../../parts/badge';
import { speaks, stateName } from '../../parts/record';

const verb: Record<Notice['kind'], MessageId> = {
  recorded: 'change.recorded',
  revised: 'change.revised',
  withdrawn: 'change.withdrawn',
  correction: 'work.inbox.correction',
  development: 'work.inbox.development',
  assessment: 'work.inbox.assessment',
};

/** One notice: what happened, to which recommendation, when. */
export function NoticeLine({ notice }: { notice: Notice }) {
  const words = useWords();
  const { t, moment } = words;
  const cache = useQueryClient();
  const read = useMutation({
    mutationFn: () => notifications.read(notice.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['inbox'] }),
  });
  const open = () => {
    if (!notice.readAt) read.mutate();
  };
  return (
    <li className={notice.readAt ? 'notice-line' : 'notice-line unread'}>
      <span className="notice-verb">
        {!notice.readAt && <span className="hidden-words">{t('work.inbox.unread')} </span>}
        {t(verb[notice.kind])}
      </span>
      <div>
        {notice.recommendationId ? (
          <Link
            to="/recommendations/$id"
            params={{ id: notice.recommendationId }}
            className="record"
            onClick={open}
            {...speaks(notice.language ?? '')}
          >
            {notice.text}
          </Link>
        ) : (
          <p>{t('work.inbox.corrected', { n: notice.corrected ?? 0 })}</p>
        )}
        {notice.voice && (
          <p>
            {notice.voice.organisationName && (
              <>
                <bdi>{notice.voice.organisationName}</bdi>:{' '}
              </>
            )}
            <span {...speaks(notice.voice.language)}>{notice.voice.text}</span>
          </p>
        )}
        <p className="facts">
          {notice.paragraph && (
            <span>
              <bdi className="code">{notice.paragraph}</bdi>
            </span>
          )}
          {notice.stateUnderReview && (
            <span>{t('row.to', { state: stateName(words, notice.stateUnderReview) })}</span>
          )}
          <span>{moment(notice.occurredAt)}</span>
        </p>
      </div>
      <PositionBadge position={notice.position ?? ''} />
    </li>
  );
}
