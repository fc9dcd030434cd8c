import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { internalFields, type Held, type HeldField } from './held';
import type { Statement } from './statement';
import { groupIds, themeIds } from './topics';

/** Fields that our own export holds, and what a row of it says of each; undefined: nothing. */
const readings: Partial<Record<HeldField, (said: Statement) => unknown>> = {
  kind: (said) => said.kind,
  mechanism: (said) => said.mechanism,
  stateUnderReview: (said) => said.stateUnderReview?.code,
  cycle: (said) => said.cycle,
  session: (said) => said.session,
  symbol: (said) => said.symbol,
  paragraph: (said) => said.paragraph,
  text: (said) => said.text,
  language: (said) => said.language,
  position: (said) => said.position,
  actionCategory: (said) => said.actionCategory,
  themes: (said) => said.themes && themeIds(said.themes),
  groups: (said) => said.groups && groupIds(said.groups),
  sdgs: (said) => said.sdgs,
  reviewDate: (said) => said.date,
  ...Object.fromEntries(internalFields.map((field) => [field, (said: Statement) => said[field]])),
};

/**
 * The fields in which a row of our own export differs from what is held: what was edited in it, or what has
 * changed here since. An empty cell says nothing, so it takes nothing away.
 */
export function editedFields(said: Statement, held: Held): HeldField[] {
  const edited = (Object.keys(readings) as HeldField[]).filter((field) => {
    const value = readings[field]!(said);
    return value !== undefined && !isDeepStrictEqual(value, held[field]);
  });
  if (said.recommendingStates && !sameStates(said, held)) edited.push('recommendingStates');
  return edited;
}

/** Content hash of a row of which only some fields count, lower-case hex. */
export function hashOfEdit(contentHash: string, says: readonly string[]): string {
  return createHash('sha256')
    .update(`${contentHash} ${says.join(' ')}`)
    .digest('hex');
}

function sameStates(said: Statement, held: Held): boolean {
  const codes = said.recommendingStates!.flatMap((state) => state.code ?? []);
  const names = said.recommendingStates!.filter((state) => !state.code).map((state) => state.raw);
  return isDeepStrictEqual(codes, held.recommendingStates) && isDeepStrictEqual(names, held.unresolvedStates);
}
