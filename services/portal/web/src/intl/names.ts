/** Names of the code lists in one language; they come from `libs/vocabulary`, not from a service. */
export interface Names {
  /** By ISO 3166-1 alpha-3. */
  states: Record<string, string>;
  themes: Record<string, string>;
  groups: Record<string, string>;
  /** By goal number. */
  goals: Record<string, string>;
  mechanisms: Record<string, string>;
}
