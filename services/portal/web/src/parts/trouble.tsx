import { useRouter } from '@tanstack/react-router';
import { Trouble } from '../api/client';
import type { MessageId } from '../intl/catalogue';
import { useWords } from '../intl/words';
import { Icon } from './icon';
import { isCodeMissing, reloadOnceThere } from './page-code';

/** What happened and what to do, in the reader's language. */
function sentences(error: unknown): { what: MessageId; cure: MessageId } {
  const kind = error instanceof Trouble ? error.kind : isCodeMissing(error) ? 'offline' : 'internal';
  return { what: `trouble.${kind}`, cure: `trouble.${kind}.cure` };
}

/** The service's own words. They are English, so they are marked as such. */
function OwnWords({ error }: { error: unknown }) {
  const { locale } = useWords();
  if (!(error instanceof Trouble) || !error.sentence) return null;
  return (
    <p className="small" lang="en" dir={locale === 'ar' ? 'ltr' : undefined}>
      {[error.sentence, error.cure].filter(Boolean).join(' ')}
    </p>
  );
}

/** A part of a page that could not be had: sentence, way out, reference. */
export function TroubleBox({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  const { what, cure } = sentences(error);
  const reference = error instanceof Trouble ? error.reference : '';
  return (
    <div className="trouble card" role="alert">
      <h2>{t(what)}</h2>
      <p>{t(cure)}</p>
      <OwnWords error={error} />
      <div className="actions">
        {retry && (
          <button type="button" className="button" onClick={retry}>
            {t('trouble.retry')}
          </button>
        )}
        {reference && (
          <span className="muted small">
            {t('trouble.reference')} <bdi className="code">{reference}</bdi>
          </span>
        )}
      </div>
    </div>
  );
}

/** One line for a form or a button that failed. */
export function TroubleLine({ error }: { error: unknown }) {
  const { t } = useWords();
  if (!error) return null;
  const { what, cure } = sentences(error);
  const own = error instanceof Trouble && error.sentence;
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <div>
        <p>
          {t(what)} {t(cure)}
        </p>
        {own && <OwnWords error={error} />}
      </div>
    </div>
  );
}

/** Stands for a page whose code or data broke. */
export function PageBroken({ error }: { error: unknown }) {
  const router = useRouter();
  // A browser that failed to fetch a script may not ask for it again within one page.
  const retry = () => void (isCodeMissing(error) ? reloadOnceThere() : router.invalidate());
  return <TroubleBox error={error} retry={retry} />;
}
