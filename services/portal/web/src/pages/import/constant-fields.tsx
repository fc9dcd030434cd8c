import type { Mapping } from '../../api/imports';
import { useWords } from '../../intl/words';
import { StatePicker } from '../../parts/state-picker';
import { fieldName } from './field-name';
import { mapConstant } from './mapping';

const mechanisms = ['UPR', 'CAT', 'CCPR', 'CED', 'CEDAW', 'CERD', 'CESCR', 'CMW', 'CRC', 'CRPD', 'SPT'];

/** What holds for every row, where no column says it. */
export function ConstantFields({
  mapping,
  change,
}: {
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}) {
  const { t } = useWords();
  const said = mapping.constants ?? {};
  const open = (field: 'stateUnderReview' | 'mechanism' | 'cycle' | 'session' | 'symbol') =>
    !mapping.columns[field];
  const set =
    (field: 'mechanism' | 'cycle' | 'session' | 'symbol') => (event: { target: { value: string } }) =>
      change(mapConstant(mapping, field, event.target.value));
  const numbers = (['cycle', 'session'] as const).filter(open);
  return (
    <fieldset className="constants">
      <legend className="label">{t('work.constants.title')}</legend>
      <p className="small muted">{t('work.constants.lead')}</p>
      <div className="constants-fields">
        {open('stateUnderReview') && (
          <StatePicker
            label={t('field.stateUnderReview')}
            value={said.stateUnderReview ?? ''}
            onChange={(code) => change(mapConstant(mapping, 'stateUnderReview', code))}
          />
        )}
        {open('mechanism') && (
          <div className="field">
            <label htmlFor="constant-mechanism">{t('field.mechanism')}</label>
            <select
              id="constant-mechanism"
              className="select"
              value={said.mechanism ?? ''}
              onChange={set('mechanism')}
            >
              <option value="">{t('internal.none')}</option>
              {mechanisms.map((mechanism) => (
                <option key={mechanism}>{mechanism}</option>
              ))}
            </select>
          </div>
        )}
        {numbers.map((field) => (
          <div key={field} className="field">
            <label htmlFor={`constant-${field}`}>{fieldName(t, field)}</label>
            <input
              id={`constant-${field}`}
              className="input"
              inputMode="numeric"
              pattern="[0-9]*"
              value={said[field] ?? ''}
              onChange={set(field)}
            />
          </div>
        ))}
        {open('symbol') && (
          <div className="field">
            <label htmlFor="constant-symbol">{t('field.symbol')}</label>
            <input
              id="constant-symbol"
              className="input"
              dir="ltr"
              placeholder="A/HRC/62/11"
              value={said.symbol ?? ''}
              onChange={set('symbol')}
            />
          </div>
        )}
      </div>
    </fieldset>
  );
}
