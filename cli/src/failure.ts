/** Exit statuses: 0 done, 1 failed, 2 wrong use or unreadable input. */
export type ExitStatus = 0 | 1 | 2;

/** A command cannot do what was asked. `message` is one or two sentences for the person at the keyboard. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly status: Exclude<ExitStatus, 0> = 1,
  ) {
    super(message);
  }
}
