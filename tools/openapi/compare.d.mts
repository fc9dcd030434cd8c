/** A sentence for each change that breaks callers, empty where none does. */
export function breakingChanges(before: object, after: object): string[];
