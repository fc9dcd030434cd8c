import states from '../gen/states.json';

/** Regional groups of the United Nations. The United States, an observer in WEOG, is counted there. */
export const regionalGroups = ['african', 'asia-pacific', 'eeg', 'grulac', 'weog'] as const;
export type RegionalGroup = (typeof regionalGroups)[number];

/**
 * `member`: one of the 193; `observer`: Holy See, State of Palestine; `other`: reviewed by treaty bodies without
 * being either; `organisation`: the European Union; `demo`: the invented State of the demonstration data.
 */
export type StateStatus = 'member' | 'observer' | 'other' | 'organisation' | 'demo';

export interface State {
  /** ISO 3166-1 alpha-3, or a code of its user-assigned and reserved ranges (XKX, XTM, EUE). */
  code: string;
  /** ISO 3166-1 alpha-2, empty for the demonstration State. */
  iso2: string;
  /** Three digits of the UN's M49, empty where there are none. */
  m49: string;
  /** Null for all but members. */
  group: RegionalGroup | null;
  status: StateStatus;
}

const all = states as State[];
const byCode = new Map(all.map((state) => [state.code, state]));

/** Members and observers in order of code; `other` and organisations come after them when asked for. */
export function listStates(options: { others?: boolean } = {}): State[] {
  const wanted = (...statuses: StateStatus[]) => all.filter(({ status }) => statuses.includes(status));
  const listed = wanted('member', 'observer');
  return options.others ? [...listed, ...wanted('other', 'organisation')] : listed;
}

/** The State with an alpha-3 code, also the demonstration State; undefined for an unknown code. */
export function findStateByCode(code: string): State | undefined {
  return byCode.get(code);
}

/** Whether a code is that of the invented State of the demonstration data. */
export function isDemoState(code: string): boolean {
  return byCode.get(code)?.status === 'demo';
}
