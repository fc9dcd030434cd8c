/** States in which a caller holds a permission; `*` is all of them. */
export type States = '*' | readonly string[];

/** Whether rows about all of these States are within reach; '' is a row about no State that is known. */
export function covers(states: States, scope: readonly string[]): boolean {
  return states === '*' || (scope.length > 0 && scope.every((state) => states.includes(state)));
}

/** Who may act on an import: those who may for all its States, and before it is read whoever brought it. */
export function mayAct(
  states: States,
  imported: { scope: readonly string[]; createdBy: string | null },
  callerId: string,
): boolean {
  return covers(states, imported.scope) || (imported.scope.length === 0 && imported.createdBy === callerId);
}
