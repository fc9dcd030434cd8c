import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { may } from '../../api/hooks';
import { portal, type LoadedDemo, type Session } from '../../api/portal';
import { Rich, useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { TroubleLine } from '../../parts/trouble';
import { useSignInAddress } from '../../shell/header';
import './welcome.css';

/** The first page of an empty installation: look around with invented data, or set up. */
export default function Welcome({ session }: { session: Session }) {
  const { t } = useWords();
  return (
    <>
      <PageTop title={t('welcome.title')} lead={t('welcome.lead')} />
      <div className="ways-in">
        <LookAround />
        <SetUp session={session} />
      </div>
    </>
  );
}

function LookAround() {
  const { t } = useWords();
  const load = useMutation({ mutationFn: portal.loadDemo });
  // The recommendations come by way of events; the first of them ends the waiting.
  const arrived = useQuery({
    queryKey: ['demo-arrived'],
    queryFn: async () => (await portal.recommendations({})).all > 0,
    enabled: load.isSuccess,
    refetchInterval: ({ state }) => (state.data ? false : 500),
  });
  if (load.data && arrived.data) return <Loaded demo={load.data} />;
  const busy = load.isPending || load.isSuccess;
  return (
    <section className="card stack" aria-labelledby="look-around">
      <Icon name="flask" />
      <h2 id="look-around">{t('welcome.demo')}</h2>
      <p>{t('welcome.demo.text')}</p>
      <button type="button" className="button primary" disabled={busy} onClick={() => load.mutate()}>
        {t('welcome.demo.button')}
      </button>
      <p role="status" className="small">
        {busy && t('welcome.demo.loading')}
      </p>
      <TroubleLine error={load.error} />
      <p className="small muted">{t('welcome.demo.away')}</p>
    </section>
  );
}

/** Who one can be now, and the way in. */
function Loaded({ demo }: { demo: LoadedDemo }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const go = async () => {
    await navigate({ to: '/recommendations' });
    await cache.invalidateQueries();
  };
  return (
    <section className="card stack" aria-labelledby="demo-accounts">
      <Icon name="flask" />
      <h2 id="demo-accounts">{t('welcome.demo.accounts')}</h2>
      <ul className="demo-accounts">
        {demo.accounts.map(({ email, name }) => (
          <li key={email}>
            <strong>{name}</strong> <bdi className="code">{email}</bdi>
          </li>
        ))}
      </ul>
      {demo.password && (
        <p>
          <Rich
            id="welcome.demo.password"
            values={{ password: demo.password }}
            parts={{
              code: (inner) => (
                <bdi key="code" className="code secret">
                  {inner}
                </bdi>
              ),
            }}
          />
        </p>
      )}
      <div className="actions">
        <button type="button" className="button primary" onClick={() => void go()}>
          {t('welcome.demo.go')}
        </button>
        <a className="button" href={useSignInAddress()}>
          {t('shell.signIn')}
        </a>
      </div>
    </section>
  );
}

function SetUp({ session }: { session: Session }) {
  const { t } = useWords();
  if (may(session, 'imports.write')) {
    return (
      <section className="card stack" aria-labelledby="set-up">
        <Icon name="import" />
        <h2 id="set-up">{t('welcome.import')}</h2>
        <p>{t('list.nothing.import')}</p>
        <Link to="/import" className="button primary">
          {t('nav.import')}
        </Link>
      </section>
    );
  }
  return (
    <section className="card stack" aria-labelledby="set-up">
      <Icon name="key" />
      <h2 id="set-up">{t('welcome.setup')}</h2>
      {session.instance.needsSetup ? (
        <>
          <p>{t('welcome.setup.text')}</p>
          <ol className="numbered">
            <li>{t('welcome.setup.1')}</li>
            <li>{t('welcome.setup.2')}</li>
            <li>{t('welcome.setup.3')}</li>
          </ol>
        </>
      ) : (
        <>
          <p>{t('welcome.setup.done')}</p>
          <a className="button primary" href="/sign-in?returnTo=%2Fimport">
            {t('shell.signIn')}
          </a>
        </>
      )}
    </section>
  );
}
