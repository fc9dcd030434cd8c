import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

type Methods = Record<string, (...given: never[]) => unknown>;

interface Question {
  number: number;
  method: string;
  given: unknown[];
}

interface Answer {
  number: number;
  value?: unknown;
  error?: string;
}

/** Answers the calls of the process that has forked this one. */
export function answerCalls(methods: Methods): void {
  process.on('message', ({ number, method, given }: Question) => {
    const work = methods[method] as (...given: unknown[]) => unknown;
    Promise.resolve()
      .then(() => work(...given))
      .then(
        (value) => process.send!({ number, value } satisfies Answer),
        (error: Error) => process.send!({ number, error: error.stack ?? String(error) } satisfies Answer),
      );
  });
  process.on('disconnect', () => process.exit(0));
}

/** One part of the measured path in a process of its own, called like an object. */
export class Child<T extends Methods> {
  private readonly waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  private calls = 0;

  private constructor(
    private readonly name: string,
    private readonly process: ChildProcess,
  ) {
    process.on('message', ({ number, value, error }: Answer) => {
      const caller = this.waiting.get(number);
      this.waiting.delete(number);
      if (error === undefined) caller?.resolve(value);
      else caller?.reject(new Error(`${name}: ${error}`));
    });
    process.on('exit', (code, signal) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`${name} ended (${signal ?? code})`));
      this.waiting.clear();
    });
  }

  /** @param name of the file beside this one that answers the calls */
  static start<T extends Methods>(name: string): Child<T> {
    return new Child(name, fork(join(__dirname, `${name}.js`), { serialization: 'advanced' }));
  }

  get pid(): number {
    return this.process.pid!;
  }

  call<Name extends keyof T & string>(
    method: Name,
    ...given: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>> {
    const number = (this.calls += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(number, {
        resolve: (value) => resolve(value as Awaited<ReturnType<T[Name]>>),
        reject,
      });
      this.process.send({ number, method, given } satisfies Question);
    });
  }

  end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.disconnect();
    return ended;
  }
}

/** Milliseconds of a clock that all processes of this machine share and that nobody sets. */
export const sharedClock = (): number => Number(process.hrtime.bigint()) / 1e6;
