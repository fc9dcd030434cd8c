/**
 * What a guard answers: where a step leads, or why it cannot be taken.
 * `slug` is stable, kebab case, for machines; `reason` one sentence for a person, with what to do.
 */
export type Taken<Standing> = { taken: Standing } | { refused: { slug: string; reason: string } };

export const refuse = (slug: string, reason: string) => ({ refused: { slug, reason } });
