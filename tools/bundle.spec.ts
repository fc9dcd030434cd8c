import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnless } from '@followthrough/testing';

const root = join(__dirname, '..');
/** All that the start scripts call; Node.js is not among it. */
const shellTools = ['sh', 'readlink', 'dirname'];
const NOBODY = 65534;

interface Seen {
  uid: number;
  interfaces: string[];
  outside: string;
  names: string;
  nodeInPath: string;
  startMs: number;
  page: { status: number; title: string };
  script: number;
  ready: number;
  inspect: { status: number; output: string };
  upgrade: number;
  ended: number | string;
  stopMs: number;
  output: string;
}

/**
 * A command that runs another as a user without rights where the only network is the loopback interface. Null where
 * this machine does not let us make such a place.
 */
function withoutNetwork(): string[] | null {
  const [uid, gid] = [process.getuid!(), process.getgid!()];
  const place =
    uid === 0
      ? [
          'unshare',
          '--net',
          '--',
          'sh',
          '-c',
          `ip link set lo up && exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups -- "$@"`,
        ]
      : [
          'unshare',
          '--user',
          '--map-root-user',
          '--net',
          '--',
          'sh',
          '-c',
          `ip link set lo up && exec unshare --user --map-user=${uid} --map-group=${gid} -- "$@"`,
        ];
  const command = [...place, 'sh'];
  const [program = '', ...args] = command;
  return spawnSync(program, [...args, 'true']).status === 0 ? command : null;
}

describeUnless(process.platform === 'linux' ? null : 'A bundle is made on Linux.')('the bundle', () => {
  let folder: string;
  let bundle: string;
  let owner: number;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'followthrough bundle '));
    execFileSync(process.execPath, [join(root, 'tools', 'bundle.mjs'), '--out', folder], { stdio: 'pipe' });
    const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'))!;
    execFileSync('sha256sum', ['--check', '--quiet', `${archive}.sha256`], { cwd: folder });
    execFileSync('tar', ['-xzf', archive, '--no-same-owner'], { cwd: folder });
    bundle = join(folder, archive.replace('.tar.gz', ''));
    owner = process.getuid!() === 0 ? NOBODY : process.getuid!();
    // Of the unpacked folder nothing is the user's; beside it the data may be kept.
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'followthrough-data'));
    chownSync(
      join(folder, 'followthrough-data'),
      owner,
      process.getuid!() === 0 ? NOBODY : process.getgid!(),
    );
    mkdirSync(join(folder, 'tools'));
    for (const tool of shellTools) {
      symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(folder, 'tools', tool));
    }
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs from a folder with a space, without network, Node.js and rights, until Ctrl-C', () => {
    const file = join(folder, 'export.csv');
    writeFileSync(
      file,
      'Recommendation,Recommending State,State under Review,Response\r\nRatify it,France,Slovenia,Supported\r\n',
    );
    chmodSync(file, 0o644);
    const alone = withoutNetwork();
    const dead = 'http://127.0.0.1:9';
    if (!alone) {
      console.warn(
        'No network name space may be made here: the network is on, and only proxy and registry are dead.',
      );
    }
    const environment = {
      PATH: join(folder, 'tools'),
      PORT: '0',
      FT_SETTINGS: '/nonexistent',
      HTTP_PROXY: dead,
      HTTPS_PROXY: dead,
      npm_config_registry: dead,
    };
    const command = [
      ...(alone ?? []),
      ...['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      ...[join(bundle, 'node', 'bin', 'node'), '--input-type=module', '-', bundle, file],
    ];
    const run = spawnSync(command[0]!, command.slice(1), {
      cwd: '/',
      encoding: 'utf8',
      timeout: 60_000,
      input: readFileSync(join(root, 'tools', 'bundle', 'offline-run.mjs')),
    });
    expect(run.stderr).toBe('');
    const seen = JSON.parse(run.stdout) as Seen;
    expect(seen).toMatchObject({
      uid: owner,
      nodeInPath: 'ENOENT',
      page: { status: 200, title: expect.stringContaining('Followthrough') },
      script: 200,
      ready: 200,
      inspect: { status: 0, output: expect.stringContaining('1 recommendation: 1 supported') },
      upgrade: 0,
      ended: 0,
    });
    expect(seen.output).toContain('embedded PostgreSQL');
    if (alone) {
      expect(seen).toMatchObject({ interfaces: ['lo'], outside: 'ENETUNREACH' });
      expect(seen.names).not.toBe('resolved');
    }
    // All that was written is the data.
    expect(readdirSync(join(folder, 'followthrough-data'))).toContain('postgres');
    console.log(`The bundle was ready after ${seen.startMs} ms and stopped ${seen.stopMs} ms after Ctrl-C`);
  }, 120_000);

  it('carries what its user is told to use', () => {
    const text = readFileSync(join(bundle, 'INSTALL.txt'), 'utf8');
    const named = [
      ...text.matchAll(/(?:\.|\/opt\/followthrough(?:-NEW)?)\/((?:bin|systemd|env)[\w./@-]*\w)/g),
    ].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(3);
    for (const path of named) expect([path, existsSync(join(bundle, path))]).toEqual([path, true]);
  });

  it('holds no compiler, no test and no source', () => {
    const packages = readdirSync(join(bundle, 'app', 'node_modules'));
    expect(packages).toContain('pg');
    for (const name of ['typescript', '@swc', 'jest', 'vite', 'react']) expect(packages).not.toContain(name);
    const files = readdirSync(join(bundle, 'app', 'services'), { recursive: true }) as string[];
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => /\.ts$|\.spec\.|\/testing\//.test(path))).toEqual([]);
  });
});
