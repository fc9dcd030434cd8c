import type { Decimal } from '../decimal';
import { refuse, type Taken } from '../step';

/** A value as it was recorded. Entries are only ever added; a correction is an entry that takes another's place. */
export interface ValueEntry {
  /** from 1, without holes, in order of recording */
  sequence: number;
  observedOn: string;
  /** null: the entry that is corrected is taken back without another value */
  value: Decimal | null;
  source: string;
  /** sequence of the entry whose place it takes, null for a new observation */
  corrects: number | null;
  reason: string;
}

export type NewValue = Omit<ValueEntry, 'sequence'>;

/** The entry with its sequence, or why it cannot be added to those that there are. */
export function addValue(entries: readonly ValueEntry[], value: NewValue, today: string): Taken<ValueEntry> {
  if (value.observedOn > today) {
    return refuse(
      'value-of-the-future',
      `A value is observed, not foreseen: ${value.observedOn} has not come yet.`,
    );
  }
  if (value.corrects === null) {
    if (value.value === null) return refuse('value-missing', 'Give the value that was observed.');
  } else {
    if (!entries.some(({ sequence }) => sequence === value.corrects)) {
      return refuse(
        'corrected-value-unknown',
        `There is no value ${value.corrects} of this indicator to correct.`,
      );
    }
    const by = entries.find(({ corrects }) => corrects === value.corrects);
    if (by) {
      return refuse(
        'value-corrected-already',
        `Value ${value.corrects} has been corrected by value ${by.sequence}: correct that one.`,
      );
    }
    if (value.reason.trim() === '') return refuse('reason-missing', 'A correction needs a reason: say why.');
  }
  return { taken: { ...value, sequence: Math.max(0, ...entries.map(({ sequence }) => sequence)) + 1 } };
}

/** The entries that hold: those that no other corrects and that were not taken back, by day, then sequence. */
export function valuesInForce(entries: readonly ValueEntry[]): ValueEntry[] {
  const corrected = new Set(entries.map(({ corrects }) => corrects));
  return entries
    .filter(({ sequence, value }) => !corrected.has(sequence) && value !== null)
    .sort((a, b) =>
      a.observedOn < b.observedOn ? -1 : a.observedOn > b.observedOn ? 1 : a.sequence - b.sequence,
    );
}
