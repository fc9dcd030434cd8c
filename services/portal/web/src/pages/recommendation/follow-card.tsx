import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/hooks';
import type { RecommendationDetail } from '../../api/recommendations';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';

/** The one next step: hear of changes to recommendations like this one. */
export function FollowCard({ recommendation }: { recommendation: RecommendationDetail }) {
  const { t } = useWords();
  const signedIn = Boolean(useSession().data?.member);
  const { stateUnderReview, themes } = recommendation;
  const search = {
    ...(stateUnderReview ? { stateUnderReview: [stateUnderReview] } : {}),
    ...(themes.length ? { theme: themes } : {}),
  };
  return (
    <section className="card tinted stack no-print" aria-labelledby="next-step">
      <h2 id="next-step" className="next-step">
        {t('one.next')}
      </h2>
      <p>{t('one.next.text')}</p>
      <Link to={signedIn ? '/subscriptions' : '/follow'} search={search} className="button wide">
        <Icon name="bell" /> {t('one.follow')}
      </Link>
    </section>
  );
}
