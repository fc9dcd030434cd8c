import { sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WINDOW, type ThreadMessage, type ThreadRequest } from './thread-messages';
import { UnreadableFile } from './types';

export interface ParseLimits {
  /** heap of the thread; a file that needs more is refused */
  memoryMb?: number;
  /** longest silence of the parser while someone waits for it; the reader's own pauses do not count */
  silenceMs?: number;
}

export interface ParseRequest {
  /** absolute path of a built module that exports `open`, see `ParserModule` */
  module: string;
  /** passed to `open`; must survive a structured clone */
  request: unknown;
  limits?: ParseLimits;
  /** rows a batch */
  batchRows?: number;
  signal?: AbortSignal;
}

/**
 * A file being read in its own thread. Read `header`, then `batches` to the end, then `footer`. Each of them
 * throws `UnreadableFile` when the file is refused, takes too long or needs too much memory. Leaving the loop
 * early stops the thread.
 */
export interface Parsing<Header, Row, Footer> {
  header: Promise<Header>;
  batches: AsyncIterable<Row[]>;
  footer: Promise<Footer>;
  /** ends the thread; harmless when it has ended */
  stop(): Promise<void>;
}

const MEMORY_MB = 512;
const SILENCE_MS = 60_000;
const BATCH_ROWS = 250;

/** Path of a module that runs in a thread: built JavaScript also where the caller is a test over sources. */
export function builtModule(folder: string, file: string): string {
  return `${folder.replace(`${sep}src${sep}`, `${sep}dist${sep}`)}${sep}${file}`;
}

/** Reads a file in a worker thread, so that no file can block or exhaust the process that was given it. */
export function parseInWorker<Header, Row, Footer>(parse: ParseRequest): Parsing<Header, Row, Footer> {
  const reading = new ThreadReading<Header, Row, Footer>(parse);
  return {
    header: reading.header.promise,
    batches: reading.batches(),
    footer: reading.footer.promise,
    stop: () => reading.stop(),
  };
}

class ThreadReading<Header, Row, Footer> {
  readonly header = new Later<Header>();
  readonly footer = new Later<Footer>();
  private readonly worker: Worker;
  private readonly memoryMb: number;
  private readonly silenceMs: number;
  private readonly queue: Row[][] = [];
  private arrived = new Later<void>();
  private inThread = WINDOW;
  private timer: NodeJS.Timeout | null = null;
  private ended = false;
  private failure: Error | null = null;

  constructor({ module, request, limits = {}, batchRows = BATCH_ROWS, signal }: ParseRequest) {
    this.memoryMb = limits.memoryMb ?? MEMORY_MB;
    this.silenceMs = limits.silenceMs ?? SILENCE_MS;
    const workerData: ThreadRequest = { module, request, batchRows };
    this.worker = new Worker(builtModule(__dirname, 'parser-thread-start.mjs'), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.memoryMb },
      execArgv: [],
    });
    this.worker.on('message', (message: ThreadMessage) => this.receive(message));
    this.worker.on('error', (error) => this.fail(this.explain(error)));
    this.worker.on('exit', () =>
      this.fail(new Error('The thread that read the file ended before it was done.')),
    );
    const abort = () => this.fail(new Error('Reading the file was called off.'));
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    this.watch();
  }

  async *batches(): AsyncGenerator<Row[]> {
    try {
      for (;;) {
        const batch = this.queue.shift();
        if (batch) {
          yield batch;
          this.inThread += 1;
          this.worker.postMessage('more');
          this.watch();
        } else if (this.failure) throw this.failure;
        else if (this.ended) return;
        else {
          this.arrived = new Later();
          await this.arrived.promise;
        }
      }
    } finally {
      await this.stop();
    }
  }

  async stop(): Promise<void> {
    if (!this.ended) this.fail(new Error('Reading the file was called off.'));
    await this.worker.terminate();
  }

  private receive(message: ThreadMessage): void {
    switch (message.kind) {
      case 'header':
        this.header.resolve(message.header as Header);
        break;
      case 'batch':
        this.inThread -= 1;
        this.queue.push(message.rows as Row[]);
        break;
      case 'footer':
        this.ended = true;
        this.footer.resolve(message.footer as Footer);
        break;
      case 'unreadable':
        this.fail(new UnreadableFile(message.reason, message.cure));
        break;
      case 'broken':
        this.fail(Object.assign(new Error(message.message), { stack: message.stack }));
        break;
    }
    this.watch();
    this.arrived.resolve();
  }

  /** The clock runs only while the thread has leave to work, not while the reader is slow. */
  private watch(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.ended || this.failure || this.inThread <= 0) return;
    this.timer = setTimeout(() => {
      this.fail(
        new UnreadableFile(
          `The file is not read after ${Math.round(this.silenceMs / 1000)} seconds without a row.`,
          'Save it anew in its program, or split it.',
        ),
      );
    }, this.silenceMs);
  }

  private fail(error: Error): void {
    if (this.ended || this.failure) return;
    this.failure = error;
    if (this.timer) clearTimeout(this.timer);
    this.header.reject(error);
    this.footer.reject(error);
    this.arrived.resolve();
    void this.worker.terminate();
  }

  private explain(error: unknown): Error {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error as Error;
    return new UnreadableFile(
      `Reading the file needs more than ${this.memoryMb} MB of memory.`,
      'Save it as .csv, which is read in pieces, or split it.',
    );
  }
}

/** A promise that is settled from outside; nobody has to be listening. */
class Later<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor() {
    this.promise.catch(() => undefined);
  }
}
