import { useState } from 'react';
import { useWords } from '../../intl/words';
import { Icon } from '../../parts/icon';
import { stateName } from '../../parts/record';
import { StatePicker } from '../../parts/state-picker';

/** States under review: all, or those chosen one by one. */
export function StatesField({ states, change }: { states: string[]; change: (states: string[]) => void }) {
  const words = useWords();
  const { t } = words;
  const [round, setRound] = useState(0);
  const everywhere = states.includes('*');
  return (
    <fieldset className="states-field">
      <legend className="label">{t('work.directory.states')}</legend>
      <label className="check">
        <input type="checkbox" checked={everywhere} onChange={() => change(everywhere ? [] : ['*'])} />
        {t('work.directory.allStates')}
      </label>
      {!everywhere && (
        <>
          <ul className="chips">
            {states.map((code) => (
              <li key={code}>
                <button
                  type="button"
                  className="chip"
                  onClick={() => change(states.filter((one) => one !== code))}
                >
                  <span className="hidden-words">{t('work.directory.removeState')} </span>
                  {stateName(words, code)}
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
          <StatePicker
            key={round}
            label={t('work.directory.addState')}
            value=""
            onChange={(code) => {
              if (!code) return;
              // A new picker for the next State: the old one would keep the name that was typed.
              setRound(round + 1);
              if (!states.includes(code)) change([...states, code]);
            }}
          />
        </>
      )}
    </fieldset>
  );
}
