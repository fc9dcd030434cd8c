import { once } from 'node:events';

/** The reader of our output has gone (`ft ... | head`): no failure, but nothing more to do. */
export class OutputClosed extends Error {}

/** Writes to standard output at the speed of whoever reads it. */
export class Output {
  private closed = false;

  constructor(
    private readonly out: NodeJS.WritableStream = process.stdout,
    private readonly err: NodeJS.WritableStream = process.stderr,
  ) {
    out.on('error', () => {
      this.closed = true;
    });
  }

  async write(text: string | Uint8Array): Promise<void> {
    if (this.closed) throw new OutputClosed();
    if (this.out.write(text)) return;
    // Both a reader that has gone and one that is slow are told by events; the first is no failure of ours.
    await Promise.race([once(this.out, 'drain'), once(this.out, 'close')]).catch(
      (error: NodeJS.ErrnoException) => {
        throw error.code === 'EPIPE' ? new OutputClosed() : error;
      },
    );
  }

  line(text = ''): Promise<void> {
    return this.write(`${text}\n`);
  }

  json(value: unknown): Promise<void> {
    return this.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A word beside the result, for people; machines read standard output. */
  remark(text: string): void {
    this.err.write(`${text}\n`);
  }
}
