/** Why a step cannot be taken: not theirs to take, not from this state, or something is missing. */
export interface Refusal {
  kind: 'forbidden' | 'conflict' | 'unprocessable';
  slug: string;
  /** One sentence for a person: what is wrong and what to do. */
  detail: string;
}

export type Step<State> = { state: State } | { refused: Refusal };

export const forbidden = (slug: string, detail: string) => ({
  refused: { kind: 'forbidden' as const, slug, detail },
});
export const conflict = (slug: string, detail: string) => ({
  refused: { kind: 'conflict' as const, slug, detail },
});
export const missing = (slug: string, detail: string) => ({
  refused: { kind: 'unprocessable' as const, slug, detail },
});
