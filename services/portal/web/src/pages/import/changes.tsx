import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { diffWordsWithSpace } from 'diff';
import { useState } from 'react';
import { imports, type ImportRow } from '../../api/imports';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { PositionBadge } from '../../parts/badge';
import { Icon } from '../../parts/icon';
import { placeInFile } from '../../parts/place-in-file';
import { recommenders, speaks } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { Steps } from './steps';
import { fieldName } from './field-name';

/** So that the decision below stays in reach. */
const shownAtFirst = 8;

/** The rows that would be added, changed or left alone. */
export function Changes({ id, kind }: { id: string; kind: 'new' | 'changed' | 'unchanged' }) {
  const { t } = useWords();
  const [page, setPage] = useState(1);
  const [all, setAll] = useState(false);
  const rows = useQuery({
    queryKey: ['import-rows', id, kind, page],
    queryFn: () => imports.rows(id, kind, page),
    placeholderData: keepPreviousData,
  });
  if (rows.isPending) return <Skeleton rows={3} height="line-height" />;
  if (rows.isError) return <TroubleBox error={rows.error} retry={() => void rows.refetch()} />;
  const shown = all ? rows.data.rows : rows.data.rows.slice(0, shownAtFirst);
  const rest = rows.data.rows.length - shown.length;
  return (
    <>
      <ol className="change-rows">
        {shown.map((row, index) => (
          <Change key={`${row.recommendationId ?? ''}${index}`} row={row} />
        ))}
      </ol>
      {rest > 0 ? (
        <button type="button" className="button small more-rows" onClick={() => setAll(true)}>
          {t('work.import.more', { n: rest })}
        </button>
      ) : (
        <Steps page={page} shown={rows.data.rows.length} total={rows.data.total} go={setPage} />
      )}
    </>
  );
}

function Change({ row }: { row: ImportRow }) {
  const words = useWords();
  const { t } = words;
  const before = row.before ?? {};
  const others = Object.keys(before).filter((field) => !['text', 'position'].includes(field));
  const place = placeInFile(words, row.at);
  return (
    <li className="row">
      <div className="row-top">
        {row.paragraph && (
          <span className="code row-code">
            <bdi>{row.paragraph}</bdi>
          </span>
        )}
        {typeof before.position === 'string' && (
          <span className="turn">
            <span className="hidden-words">{t('work.import.before')}</span>
            {before.position ? <PositionBadge position={before.position} /> : t('position.none')}
            <Icon name="next" mirrored />
            <span className="hidden-words">{t('work.import.after')}</span>
          </span>
        )}
        <PositionBadge position={row.position} />
      </div>
      <p className="record" {...speaks(row.language ?? '')}>
        {typeof before.text === 'string' ? <Difference before={before.text} after={row.text} /> : row.text}
      </p>
      <p className="facts">
        {row.recommendingStates.length > 0 && (
          <span>{t('row.from', { states: recommenders(words, row.recommendingStates) })}</span>
        )}
        {others.length > 0 && (
          <span>
            {t('work.import.alsoChanged', { fields: words.list(others.map((field) => fieldName(t, field))) })}
          </span>
        )}
        {place && <span>{place}</span>}
      </p>
    </li>
  );
}

/** Words added and taken away; the hidden words say so to those who do not see the colours. */
function Difference({ before, after }: { before: string; after: string }) {
  const { t } = useWords();
  const said = (word: MessageId) => <span className="hidden-words">{t(word)} </span>;
  return diffWordsWithSpace(before, after).map((part, index) => {
    if (part.added) {
      return (
        <ins key={index}>
          {said('work.import.added')}
          {part.value}
        </ins>
      );
    }
    if (part.removed) {
      return (
        <del key={index}>
          {said('work.import.removed')}
          {part.value}
        </del>
      );
    }
    return <span key={index}>{part.value}</span>;
  });
}
