/** Why a step is not taken: `conflict`, the thing has moved on; `unprocessable`, something is missing first. */
export class StepRefused extends Error {
  constructor(
    readonly kind: 'conflict' | 'unprocessable',
    readonly slug: string,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'StepRefused';
  }
}
