import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnless } from '@followthrough/testing';

const folder = join(__dirname, '..', 'deploy', 'systemd');
const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8' });
const missing = run('systemd-analyze', '--version').error
  ? 'no systemd-analyze in PATH: install Debian\'s package "systemd"'
  : null;

describeUnless(missing)('the systemd units', () => {
  let units: string;
  const place = (name: string, change = (text: string) => text) => {
    const text = readFileSync(join(folder, name.replace('@portal', '@')), 'utf8');
    // systemd-analyze looks for the program, which is installed elsewhere.
    writeFileSync(
      join(units, name),
      change(text.replace('/opt/followthrough/bin/followthrough', '/bin/true')),
    );
    return join(units, name);
  };
  const verify = (unit: string) =>
    run('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', unit);

  beforeAll(() => (units = mkdtempSync(join(tmpdir(), 'followthrough-units-'))));
  afterAll(() => rmSync(units, { recursive: true, force: true }));

  it.each(['followthrough.service', 'followthrough@portal.service'])(
    '%s says only what systemd knows',
    (name) => {
      const { status, stderr } = verify(place(name));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );

  it('a word that systemd does not know would be told', () => {
    const { status, stderr } = verify(
      place('followthrough.service', (text) => text.replace('ProtectSystem=', 'ProtectSytem=')),
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('ProtectSytem')]);
  });

  it.each(['followthrough.service', 'followthrough@portal.service'])(
    '%s gives the process little',
    (name) => {
      // Of 10; 2.0 is where systemd begins to say that there is more to do.
      const { status, stdout } = run(
        'systemd-analyze',
        'security',
        '--offline=yes',
        '--no-pager',
        '--threshold=20',
        place(name),
      );
      expect([status, stdout]).toEqual([0, expect.stringMatching(/exposure level .*: 1\.\d OK/)]);
    },
  );

  it('the file of users is one that systemd-sysusers takes', () => {
    const { status, stdout, stderr } = run(
      'systemd-sysusers',
      '--dry-run',
      join(folder, 'followthrough.sysusers'),
    );
    expect({ status, stderr: stderr.replace(/^(Would|Creating) .*\n/gm, ''), stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: '',
    });
  });
});
