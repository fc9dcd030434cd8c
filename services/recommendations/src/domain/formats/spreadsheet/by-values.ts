import { parseSdg } from '@followthrough/vocabulary';
import { positionOf } from '../position';
import type { StateNames } from '../states';
import type { MappedField } from '../types';
import { oneLine } from '../words';
import { parseDate } from './dates';
import { namesMechanism } from './mechanisms';

/** Share of filled cells that have to look like a field before a column without a telling heading is taken for it. */
const MOST = 0.7;
const LOOKED_AT = 80;

/** Looks at the values of a column; `field` is what most of them look like, null where that is not plain. */
export function fieldOfValues(values: string[], names: StateNames): MappedField | null {
  const filled = values
    .map(oneLine)
    .filter((value) => value !== '')
    .slice(0, LOOKED_AT);
  if (filled.length === 0) return null;
  const share = (test: (value: string) => boolean) => filled.filter(test).length / filled.length;
  const different = new Set(filled).size;
  if (share((value) => /^[A-Z]+(\/[A-Z0-9.]+)+(\/[\w.-]+)*$/.test(value) && value.includes('/')) > MOST)
    return 'symbol';
  if (share((value) => value.length < 40 && (positionOf(value) ?? '') !== '') > MOST && different <= 12)
    return 'position';
  if (share((value) => value.length < 200 && names.namesStates(value)) > MOST) {
    return different <= Math.max(1, filled.length / 20) ? 'stateUnderReview' : 'recommendingStates';
  }
  if (share((value) => /^\d{1,3}\.\d{1,3}$/.test(value)) > MOST) return 'paragraph';
  if (
    share(
      (value) => /^\W*(sdg|odd|ods)\W*\d|^\W*\d{1,2}\s*-\s*\p{L}/iu.test(value) && parseSdg(value) !== null,
    ) > MOST
  )
    return 'sdgs';
  if (share((value) => /\d{4}-\d\d-\d\d|\d[/.]\d/.test(value) && parseDate(value) !== null) > MOST)
    return 'deadline';
  if (share((value) => value.length < 100 && namesMechanism(value)) > MOST && different <= 20)
    return 'mechanism';
  if (filled.reduce((sum, value) => sum + value.length, 0) / filled.length > 60) return 'text';
  return null;
}

/** Whether the values of a column contradict what its heading says, as a `Status` of Supported and Noted does. */
export function contradicts(field: MappedField, values: string[], names: StateNames): MappedField | null {
  if (
    field !== 'stateUnderReview' &&
    field !== 'status' &&
    field !== 'recommendingStates' &&
    field !== 'position'
  )
    return null;
  const seen = fieldOfValues(values, names);
  if (field === 'status' && seen === 'position') return 'position';
  const isState = seen === 'stateUnderReview' || seen === 'recommendingStates';
  if (field === 'stateUnderReview' && seen !== null && !isState) return seen;
  if (field === 'recommendingStates' && seen === 'text') return 'text';
  if (field === 'position' && isState) return seen;
  return null;
}
