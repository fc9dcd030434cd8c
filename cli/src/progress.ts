import { Presets, SingleBar } from 'cli-progress';

/** A bar on standard error while a person watches; nothing where none does. */
export class ProgressBar {
  private bar: SingleBar | null = null;
  private done = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** @param total 0 where it is not known yet */
  begin(doing: string, total: number): void {
    this.done = 0;
    if (!this.stream.isTTY) return;
    const format = `${doing} {bar} {percentage}%  {value}/{total}`;
    this.bar = new SingleBar(
      { stream: this.stream, format, clearOnComplete: true, hideCursor: true, etaBuffer: 50 },
      Presets.shades_classic,
    );
    this.bar.start(Math.max(total, 1), 0);
  }

  add(amount: number): void {
    this.done += amount;
    this.bar?.update(this.done);
  }

  at(done: number, total: number): void {
    if (total > 0) this.bar?.setTotal(total);
    this.bar?.update(Math.min(done, Math.max(total, 1)));
  }

  end(): void {
    this.bar?.stop();
    this.bar = null;
  }
}
