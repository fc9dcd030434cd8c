import type { Cadence, Channel } from '../../api/notifications';
import { useWords } from '../../intl/words';

export const cadences: Cadence[] = ['immediate', 'daily', 'weekly'];
const channels: Channel[] = ['inbox', 'email'];

/** How often messages come. */
export function CadenceField({
  id,
  value,
  change,
}: {
  id: string;
  value: Cadence;
  change: (cadence: Cadence) => void;
}) {
  const { t } = useWords();
  return (
    <div className="field">
      <label htmlFor={id}>{t('work.cadence')}</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => change(event.target.value as Cadence)}
      >
        {cadences.map((cadence) => (
          <option key={cadence} value={cadence}>
            {t(`work.cadence.${cadence}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Where they go. */
export function ChannelFields({
  value,
  change,
}: {
  value: Channel[];
  change: (channels: Channel[]) => void;
}) {
  const { t } = useWords();
  return (
    <fieldset>
      <legend className="label">{t('work.channels')}</legend>
      {channels.map((channel) => (
        <label key={channel} className="check">
          <input
            type="checkbox"
            checked={value.includes(channel)}
            onChange={(event) =>
              change(event.target.checked ? [...value, channel] : value.filter((one) => one !== channel))
            }
          />
          {t(`work.channel.${channel}`)}
        </label>
      ))}
    </fieldset>
  );
}
