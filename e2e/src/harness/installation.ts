import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api';

const host = join(__dirname, '..', '..', '..', 'host', 'dist');

export interface InstallationOptions {
  /** Kept over a restart; a new temporary folder if not given. */
  dataDir?: string;
  environment?: Record<string, string>;
  /** So many processes of each service, over Kafka and Redis; one process of all if not given. */
  replicas?: number;
  /** Another Node.js than the one that runs the tests. */
  node?: string;
}

/** The product as its user starts it: a process of its own, with its own data folder and a free port. */
export class Installation {
  private constructor(
    readonly dataDir: string,
    readonly process: ChildProcess,
    readonly url: string,
    /** One-time link of a first start, null where an administrator exists. */
    readonly setupLink: string | null,
    readonly output: () => string,
    /** How it ended: exit status, or the signal. */
    readonly ended: Promise<number | NodeJS.Signals | null>,
  ) {}

  /** @throws Error with what it printed, when it ends before it is ready */
  static async start(options: InstallationOptions = {}): Promise<Installation> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'followthrough e2e '));
    const program = options.replicas
      ? [join(host, 'distributed-main.js'), '--replicas', String(options.replicas)]
      : [join(host, 'main.js')];
    const child = spawn(options.node ?? process.execPath, program, {
      env: { ...cleanEnvironment(), PORT: '0', DATA_DIR: dataDir, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('close', (code, signal) => resolve(signal ?? code)),
    );
    const url = await new Promise<string>((resolve, reject) => {
      const read = (part: Buffer) => {
        output += part.toString();
        const ready = /ready: (http\S+?)\/?\n/.exec(output)?.[1];
        if (ready && output.includes('Ctrl-C stops it')) resolve(ready);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void ended.then((how) => reject(new Error(`Ended (${how}) before it was ready:\n${output}`)));
    });
    const link = /(http\S+setup\S*token=\S+)/.exec(output)?.[1] ?? null;
    return new Installation(dataDir, child, url, link, () => output, ended);
  }

  /** The operator's API: the service account whose secret the first start left for the command line. */
  async operator(): Promise<Api> {
    return Api.withSecret(this.url, readFileSync(join(this.dataDir, 'operator-token'), 'utf8').trim());
  }

  /** Process ids of the replicas of a service. */
  processesOf(service: string): number[] {
    const { stdout } = spawnSync(
      'pgrep',
      ['-P', String(this.process.pid), '-f', `service-main.js ${service}`],
      { encoding: 'utf8' },
    );
    return stdout.split('\n').filter(Boolean).map(Number);
  }

  anyone(): Api {
    return new Api(this.url);
  }

  /** Ctrl-C. */
  async stop(): Promise<number | NodeJS.Signals | null> {
    this.process.kill('SIGINT');
    return this.ended;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** Stops it if it runs and forgets its data. */
  async remove(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** The environment of the tests without what would configure the product. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(PORT|HOST|PUBLIC_URL|DATA_DIR|DATABASE_URL|REDIS_URL|KAFKA_|SERVICE_URLS|SMTP_|OIDC_|LOG_LEVEL|UPLOAD_|INSTANCE_|METRICS_|OTEL_|FT_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
