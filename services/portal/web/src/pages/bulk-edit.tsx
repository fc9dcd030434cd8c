import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { filterSize, filterToBody, type Filter } from '../api/filter';
import { recommendations, type Internal } from '../api/recommendations';
import { loadWorkMessages } from '../intl/catalogue';
import { SpeaksMore, useWords } from '../intl/words';
import { Box } from '../parts/box';
import { FilterWords } from '../parts/filter-list';
import { InternalForm } from '../parts/internal-form';

interface Props {
  filter: Filter;
  total: number;
  close: () => void;
}

/** The list is a public page and does not bring the words of this box; they come with it. */
export default function BulkEdit(props: Props) {
  const { locale } = useWords();
  const words = useQuery({
    queryKey: ['words', locale],
    queryFn: () => loadWorkMessages(locale),
    staleTime: Infinity,
  });
  return words.data ? (
    <SpeaksMore messages={words.data}>
      <EditBox {...props} />
    </SpeaksMore>
  ) : null;
}

/** Sets internal fields of every recommendation the filter lets through; the button says how many those are. */
function EditBox({ filter, total, close }: Props) {
  const { t } = useWords();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (set: Partial<Internal>) => recommendations.bulkEdit(filterToBody(filter), set, total),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['internal'] }),
  });
  return (
    <Box title={t('work.bulk.title', { n: total })} close={close}>
      {filterSize(filter) > 0 ? <FilterWords filter={filter} /> : <p>{t('follow.everything')}</p>}
      {save.isSuccess ? (
        <div className="stack">
          <p role="status">{t('work.bulk.done', { n: save.data.changed })}</p>
          <button type="button" className="button" onClick={close}>
            {t('close')}
          </button>
        </div>
      ) : (
        <>
          <p className="small muted">{t('work.bulk.lead')}</p>
          <InternalForm
            busy={save.isPending}
            error={save.error}
            submit={t('list.bulk', { n: total })}
            onSubmit={(set) => {
              if (Object.keys(set).length) save.mutate(set);
            }}
            onCancel={close}
          />
        </>
      )}
    </Box>
  );
}
