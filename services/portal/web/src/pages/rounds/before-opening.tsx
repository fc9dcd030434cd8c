import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rounds, type Round } from '../../api/rounds';
import { useWords } from '../../intl/words';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';

/** Whom opening the round would ask about how much, before anybody is written to. */
export function BeforeOpening({ round }: { round: Round }) {
  const { t, number } = useWords();
  const cache = useQueryClient();
  const [leaveOut, setLeaveOut] = useState(false);
  const found = useQuery({
    queryKey: ['rounds', round.id, 'preview'],
    queryFn: () => rounds.preview(round.id),
  });
  const open = useMutation({
    mutationFn: () => rounds.open(round.id, round.version, leaveOut),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['rounds'] }),
  });
  if (found.isPending) return <Skeleton rows={2} />;
  if (found.isError) return <TroubleBox error={found.error} retry={() => void found.refetch()} />;
  const { recommendations, withoutLead, institutions } = found.data;
  const mute = institutions.filter(({ hasContact }) => !hasContact);
  const ready = institutions.length > 0 && mute.length === 0 && (withoutLead === 0 || leaveOut);
  return (
    <section className="card stack board-draft" aria-labelledby="preview-title">
      <h2 id="preview-title">
        {t('work.rounds.preview', { institutions: institutions.length, n: recommendations - withoutLead })}
      </h2>
      <ul>
        {institutions.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi>: {number(one.recommendations)}
            {!one.hasContact && <strong> {t('work.rounds.noContact')}</strong>}
          </li>
        ))}
      </ul>
      {withoutLead > 0 && (
        <label className="check">
          <input type="checkbox" checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)} />
          {t('work.rounds.leaveOut', { n: withoutLead })}
        </label>
      )}
      <p className="actions">
        <button
          type="button"
          className="button primary"
          disabled={!ready || open.isPending}
          onClick={() => open.mutate()}
        >
          {t('work.rounds.open')}
        </button>
      </p>
      <TroubleLine error={open.error} />
    </section>
  );
}
