import { spawn, type ChildProcess } from 'node:child_process';

/** A Node.js process that is started again whenever it ends, as a supervisor would. */
export class Supervised {
  private child: ChildProcess;
  private stopping = false;
  /** How often it has ended by itself or been killed. */
  restarts = 0;

  constructor(
    private readonly program: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.child = this.start();
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGTERM');
    await ended;
  }

  private start(): ChildProcess {
    const child = spawn(process.execPath, [this.program], {
      env: this.environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('close', () => {
      if (this.stopping) return;
      this.restarts += 1;
      this.child = this.start();
    });
    return child;
  }
}
