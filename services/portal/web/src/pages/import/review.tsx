import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useMay } from '../../api/hooks';
import { imports, type Import } from '../../api/imports';
import type { MessageId } from '../../intl/catalogue';
import { useWords } from '../../intl/words';
import { Aria } from '../../parts/aria';
import { TroubleLine } from '../../parts/trouble';
import type { ImportSearch } from '../../search';
import { Announce } from './announce';
import { Changes } from './changes';
import { OpenQuestions } from './open-questions';
import { Rejects } from './rejects';

type Part = NonNullable<ImportSearch['show']>;
const tabWord: Record<Part, MessageId> = {
  changed: 'work.import.tab.changed',
  new: 'work.import.tab.new',
  rejected: 'work.import.tab.rejected',
  questions: 'work.import.tab.questions',
  unchanged: 'work.import.tab.unchanged',
};

/** Step three: what would happen, down to the single row. */
export function Review({ one }: { one: Import }) {
  const { t } = useWords();
  const search = useSearch({ from: '/work/import/$id' });
  const navigate = useNavigate({ from: '/import/$id' });
  const preview = one.preview ?? { new: 0, changed: 0, unchanged: 0, rejected: 0, openQuestions: 0 };
  const count: Record<Part, number> = { ...preview, questions: preview.openQuestions };
  const parts = (Object.keys(tabWord) as Part[]).filter((part) => count[part] > 0);
  const shown = search.show && parts.includes(search.show) ? search.show : parts[0];
  return (
    <Aria>
      <Counts preview={preview} />
      {shown && (
        <Tabs
          className="tabs"
          selectedKey={shown}
          onSelectionChange={(key) =>
            void navigate({ to: '.', search: { show: key as Part }, resetScroll: false, replace: true })
          }
        >
          <TabList className="tab-list" aria-label={t('work.import.parts')}>
            {parts.map((part) => (
              <Tab key={part} id={part} className="tab">
                {t(tabWord[part], { n: count[part] })}
              </Tab>
            ))}
          </TabList>
          {parts.map((part) => (
            <TabPanel key={part} id={part} className="tab-panel">
              <PartOf one={one} part={part} />
            </TabPanel>
          ))}
        </Tabs>
      )}
      <Decide one={one} changes={preview.new + preview.changed} />
    </Aria>
  );
}

function PartOf({ one, part }: { one: Import; part: Part }) {
  switch (part) {
    case 'rejected':
      return <Rejects id={one.id} />;
    case 'questions':
      return <OpenQuestions importId={one.id} />;
    case 'new':
    case 'changed':
    case 'unchanged':
      return <Changes id={one.id} kind={part} />;
  }
}

function Counts({ preview }: { preview: NonNullable<Import['preview']> }) {
  const { t, number } = useWords();
  const boxes = [
    ['new', preview.new],
    ['changed', preview.changed],
    ['unchanged', preview.unchanged],
    ['rejected', preview.rejected],
  ] as const;
  return (
    <dl className="counts">
      {boxes.map(([key, value]) => (
        <div key={key} className={`count ${key} ${value ? 'some' : 'none'}`}>
          <dt>{t(`work.import.count.${key}`)}</dt>
          <dd>
            <span className="count-figure">{number(value)}</span>
            <span className="count-note">{t(`work.import.count.${key}.note`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Announce or not, and the button that says how many. */
function Decide({ one, changes }: { one: Import; changes: number }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const writing = useMay('imports.write');
  const [announce, setAnnounce] = useState(one.announceDefault);
  const apply = useMutation({
    mutationFn: () => imports.apply(one.id, announce),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['import', one.id] }),
  });
  const discard = useMutation({
    mutationFn: () => imports.discard(one.id),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['imports'] });
      await navigate({ to: '/imports' });
    },
  });
  if (!writing) return null;
  return (
    <section className="decide" aria-label={t('work.import.decide')}>
      {changes > 0 ? (
        <Announce value={announce} standard={one.announceDefault} change={setAnnounce} />
      ) : (
        <p className="notice">{t('work.import.nothing')}</p>
      )}
      <TroubleLine error={apply.error ?? discard.error} />
      <div className="actions">
        {changes > 0 && (
          <button
            type="button"
            className="button primary"
            disabled={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t('work.import.apply', { n: changes })}
          </button>
        )}
        {one.columns?.length ? (
          <Link to="/import/$id" params={{ id: one.id }} search={{ step: 'columns' }} className="button">
            {t('work.import.back')}
          </Link>
        ) : null}
        <button
          type="button"
          className="button"
          disabled={discard.isPending}
          onClick={() => discard.mutate()}
        >
          {t('work.import.discard')}
        </button>
      </div>
    </section>
  );
}
