/** The reader of our output has gone (`ft ... | head`): no failure, but nothing more to do. */
export class OutputClosed extends Error {}

/** Writes to standard output at the speed of whoever reads it. */
export class Output {
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly out: NodeJS.WritableStream = process.stdout,
    private readonly err: NodeJS.WritableStream = process.stderr,
  ) {
    out.on('drain', () => this.wake());
    out.on('close', () => this.end());
    out.on('error', () => this.end());
  }

  async write(text: string | Uint8Array): Promise<void> {
    if (!this.closed && !this.out.write(text)) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.closed) throw new OutputClosed();
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

  private end(): void {
    this.closed = true;
    this.wake();
  }
}
