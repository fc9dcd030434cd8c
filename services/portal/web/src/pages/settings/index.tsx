import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/hooks';
import { notifications, type Cadence, type Me } from '../../api/notifications';
import { isLocale, locales, ownName } from '../../intl/locale';
import { useWords } from '../../intl/words';
import { Guard } from '../../parts/guard';
import { Icon } from '../../parts/icon';
import { PageTop } from '../../parts/page';
import { Skeleton } from '../../parts/skeleton';
import { TroubleBox, TroubleLine } from '../../parts/trouble';
import { CadenceField } from '../subscriptions/wish-fields';
import { DemoData } from './demo-data';
import './settings.css';

/** Language, time zone, address and rhythm of messages: one's own, kept by notifications. */
export function Settings() {
  const { t } = useWords();
  const me = useMe();
  return (
    <Guard>
      <PageTop title={t('shell.settings')} lead={t('work.settings.lead')} />
      {me.isPending && <Skeleton rows={3} height="line-height" />}
      {me.isError && <TroubleBox error={me.error} retry={() => void me.refetch()} />}
      {me.data && <Form me={me.data} />}
      <DemoData />
    </Guard>
  );
}

function Form({ me }: { me: Me }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [locale, setLocale] = useState(me.locale);
  const [timeZone, setTimeZone] = useState(me.timeZone);
  const [cadence, setCadence] = useState<Cadence>(me.cadence);
  const [address, setAddress] = useState(me.address?.value ?? me.pendingAddress ?? '');
  const save = useMutation({
    mutationFn: () => {
      const moved = address.trim() && address.trim() !== me.address?.value;
      return notifications.changeMe({
        locale,
        timeZone,
        cadence,
        ...(moved ? { address: address.trim() } : {}),
      });
    },
    onSuccess: async (next) => {
      cache.setQueryData(['me'], next);
      if (isLocale(locale)) await navigate({ to: '/settings', search: { lang: locale }, replace: true });
    },
  });
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="field">
        <label htmlFor="settings-language">{t('field.language')}</label>
        <select
          id="settings-language"
          className="select"
          value={locale}
          onChange={(event) => setLocale(event.target.value)}
        >
          {locales.map((one) => (
            <option key={one} value={one} lang={one}>
              {ownName[one]}
            </option>
          ))}
        </select>
        <span className="hint">{t('work.settings.language.hint')}</span>
      </div>
      <TimeZoneField value={timeZone} change={setTimeZone} />
      <CadenceField id="settings-cadence" value={cadence} change={setCadence} />
      <div className="field">
        <label htmlFor="settings-address">{t('follow.email')}</label>
        <input
          id="settings-address"
          className="input"
          type="email"
          dir="ltr"
          autoComplete="email"
          value={address}
          aria-describedby="settings-address-state"
          onChange={(event) => setAddress(event.target.value)}
        />
        <span id="settings-address-state" className="hint">
          <AddressState me={me} />
        </span>
      </div>
      <TroubleLine error={save.error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={save.isPending}>
          {t('save')}
        </button>
        <span role="status" className="small">
          {save.isSuccess && t('saved')}
        </span>
      </div>
    </form>
  );
}

function AddressState({ me }: { me: Me }) {
  const { t } = useWords();
  if (me.pendingAddress) return <>{t('work.settings.address.pending', { address: me.pendingAddress })}</>;
  if (!me.address) return <>{t('work.settings.address.none')}</>;
  return (
    <>
      {t(
        me.address.state === 'suspended'
          ? 'work.settings.address.suspended'
          : 'work.settings.address.verified',
      )}
    </>
  );
}

/** All zones the browser knows, and the one it is in at a click. */
function TimeZoneField({ value, change }: { value: string; change: (zone: string) => void }) {
  const { t } = useWords();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([value, ...Intl.supportedValuesOf('timeZone')])].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor="settings-zone">{t('work.settings.zone')}</label>
      <select
        id="settings-zone"
        className="select"
        dir="ltr"
        value={value}
        onChange={(event) => change(event.target.value)}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </select>
      {here && here !== value && (
        <button type="button" className="text-button small settings-here" onClick={() => change(here)}>
          <Icon name="clock" /> {t('work.settings.zone.here', { zone: here })}
        </button>
      )}
    </div>
  );
}
