/** Where an import stands. `parsing`, `applying` and `undoing` go on by themselves, also after a crash. */
export type ImportState =
  | 'parsing'
  | 'needs-mapping'
  | 'ready'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed'
  | 'discarded';

/** What is asked of an import. */
export type ImportStep = 'parse' | 'apply' | 'undo' | 'discard';

const allowedFrom: Record<ImportStep, readonly ImportState[]> = {
  parse: ['needs-mapping', 'ready', 'failed'],
  apply: ['ready'],
  undo: ['applied'],
  discard: ['parsing', 'needs-mapping', 'ready', 'failed'],
};

const leadsTo: Record<ImportStep, ImportState> = {
  parse: 'parsing',
  apply: 'applying',
  undo: 'undoing',
  discard: 'discarded',
};

const wording: Record<ImportState, string> = {
  parsing: 'it is still being read',
  'needs-mapping': 'its columns have not been matched yet',
  ready: 'it has not been applied',
  applying: 'it is being applied',
  applied: 'it has been applied',
  undoing: 'it is being undone',
  undone: 'it has been undone',
  failed: 'its file could not be read',
  discarded: 'it has been discarded',
};

/** States in which the platform itself has something to do. */
export const statesUnderWay: readonly ImportState[] = ['parsing', 'applying', 'undoing'];

/** The state that a step leads to, or one sentence why it cannot be taken now. */
export function take(step: ImportStep, state: ImportState): { state: ImportState } | { refused: string } {
  if (allowedFrom[step].includes(state)) return { state: leadsTo[step] };
  const verb = { parse: 'read again', apply: 'applied', undo: 'undone', discard: 'discarded' }[step];
  return { refused: `This import cannot be ${verb}: ${wording[state]}.` };
}
