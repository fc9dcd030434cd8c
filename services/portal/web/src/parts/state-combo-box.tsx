import { useContext, useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { useWords } from '../intl/words';
import { Aria } from './aria';
import { BoxContext } from './box';
import { Icon } from './icon';

export interface StatePickerProps {
  label: string;
  /** alpha-3, or empty */
  value: string;
  onChange: (code: string) => void;
}

export default function StateComboBox({ label, value, onChange }: StatePickerProps) {
  const { names, locale, t } = useWords();
  const box = useContext(BoxContext);
  const states = useMemo(
    () =>
      Object.entries(names.states)
        // The invented State is never offered outside the sample data.
        .filter(([code]) => code !== 'XTM')
        .map(([id, name]) => ({ id, name }))
        .sort((a, b) => a.name.localeCompare(b.name, locale)),
    [names.states, locale],
  );
  return (
    <Aria>
      <ComboBox
        className="field picker"
        defaultItems={states}
        selectedKey={value || null}
        onSelectionChange={(key) => onChange(key === null ? '' : String(key))}
        menuTrigger="focus"
      >
        <Label>{label}</Label>
        <div className="picker-box">
          <Input className="input" />
          <Button className="quiet" aria-label={t('work.picker.all')}>
            <Icon name="down" />
          </Button>
        </div>
        <Popover className="picker-list" UNSTABLE_portalContainer={box ?? undefined}>
          <ListBox<{ id: string; name: string }>>
            {({ id, name }) => (
              <ListBoxItem id={id} textValue={name} className="picker-item">
                {name}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </Aria>
  );
}
