/** The kinds of failure that a caller can tell apart, and their HTTP status: the only such table. */
export const problemStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
  'out-of-space': 507,
} as const;

export type ProblemKind = keyof typeof problemStatus;

/**
 * A failure that is told to the caller as an RFC 9457 problem document.
 * @param slug stable name of this very problem, kebab case; machines act on it
 * @param detail one sentence for a person: what is wrong and what to do
 * @param extra further members of the document
 */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly slug: string,
    readonly detail: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
}
