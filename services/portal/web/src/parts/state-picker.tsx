import { lazy, Suspense } from 'react';
import type { StatePickerProps } from './state-combo-box';

const StateComboBox = lazy(() => import('./state-combo-box'));

/** One State among all, found by typing a part of its name; the list behind it comes when it is first shown. */
export function StatePicker(props: StatePickerProps) {
  return (
    <Suspense
      fallback={
        <div className="field picker" aria-hidden="true">
          <span className="label">{props.label}</span>
          <div className="input" />
        </div>
      }
    >
      <StateComboBox {...props} />
    </Suspense>
  );
}
