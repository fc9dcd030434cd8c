import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { imports, type Import } from '../../api/imports';
import { useWords } from '../../intl/words';
import { formatWord } from '../../parts/format-word';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { stateName } from '../../parts/record';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox } from '../../parts/trouble';
import { Applied } from './applied';
import { MatchColumns } from './match-columns';
import { ProgressLine } from './progress-line';
import { Review } from './review';
import { Wizard, type WizardStep } from './wizard';

const underWay: ReadonlySet<Import['state']> = new Set(['parsing', 'applying', 'undoing']);

export function OneImport() {
  return (
    <Guard needs="imports.read">
      <Steps />
    </Guard>
  );
}

/** The import's page; what it shows follows from where the import stands. */
function Steps() {
  const { id } = useParams({ from: '/work/import/$id' });
  const search = useSearch({ from: '/work/import/$id' });
  const found = useQuery({
    queryKey: ['import', id],
    queryFn: () => imports.import(id),
    refetchInterval: ({ state }) => (state.data && underWay.has(state.data.state) ? 700 : false),
  });
  if (found.isError) {
    return (
      <Wizard step="file">
        <TroubleBox error={found.error} retry={() => void found.refetch()} />
      </Wizard>
    );
  }
  if (!found.data) {
    return (
      <Wizard step="file">
        <Skeleton height="line-height" />
      </Wizard>
    );
  }
  const one = found.data;
  const matching = one.state === 'needs-mapping' || (one.state === 'ready' && search.step === 'columns');
  return (
    <Wizard step={matching ? 'columns' : stepOf(one)} done={one.state === 'applied'}>
      <FileCard one={one} />
      <Stage one={one} matching={matching} />
    </Wizard>
  );
}

function stepOf({ state }: Import): WizardStep {
  switch (state) {
    case 'parsing':
    case 'failed':
    case 'discarded':
      return 'file';
    case 'needs-mapping':
      return 'columns';
    case 'ready':
      return 'review';
    case 'applying':
    case 'applied':
    case 'undoing':
    case 'undone':
      return 'apply';
  }
}

function Stage({ one, matching }: { one: Import; matching: boolean }) {
  const { t } = useWords();
  const progress = one.progress ?? { done: 0, total: 0 };
  if (matching) return <MatchColumns one={one} />;
  switch (one.state) {
    case 'parsing':
      return <ProgressLine label={t('work.import.reading')} {...progress} rows />;
    case 'applying':
      return <ProgressLine label={t('work.import.applying')} {...progress} rows />;
    case 'undoing':
      return <ProgressLine label={t('work.import.undoing')} {...progress} rows />;
    case 'ready':
    case 'needs-mapping':
      return <Review one={one} />;
    case 'applied':
    case 'undone':
      return <Applied one={one} />;
    case 'failed':
    case 'discarded':
      return <Failed one={one} />;
  }
}

function FileCard({ one }: { one: Import }) {
  const words = useWords();
  const { t, bytes } = words;
  const { document, counts } = one;
  const rows = counts ? counts.recommendations + counts.pledges + counts.rejected : 0;
  const facts = [
    one.format ? t(formatWord(one.format)) : '',
    rows ? t('work.import.rows', { n: rows }) : '',
    bytes(one.bytes),
    document?.stateUnderReview ? stateName(words, document.stateUnderReview) : '',
    document?.cycle ? t('cycle', { n: document.cycle }) : '',
  ].filter(Boolean);
  const open = one.state === 'ready' || one.state === 'needs-mapping' || one.state === 'failed';
  return (
    <div className="drop file-card">
      <Icon name="file" />
      <div className="drop-words">
        <p className="drop-name">
          <bdi>{one.fileName}</bdi>
        </p>
        <p className="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
      {open && (
        <Link to="/import" className="button">
          {t('work.import.another')}
        </Link>
      )}
    </div>
  );
}

function Failed({ one }: { one: Import }) {
  const { t } = useWords();
  return (
    <div className="trouble card" role="alert">
      <h2>{t(one.state === 'discarded' ? 'work.import.discarded' : 'work.import.failed')}</h2>
      {one.error && (
        <p lang="en" dir="ltr">
          {one.error.reason} {one.error.cure}
        </p>
      )}
      <p>{t('work.import.failed.cure')}</p>
      <Link to="/import" className="button">
        {t('work.import.another')}
      </Link>
    </div>
  );
}
