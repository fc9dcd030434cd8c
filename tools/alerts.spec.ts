import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeUnless } from '@followthrough/testing';

const folder = join(__dirname, '..', 'deploy', 'prometheus');
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
const missing = promtool('--version').error
  ? 'no promtool in PATH: install Debian\'s package "prometheus"'
  : null;

describeUnless(missing)('the alert rules', () => {
  it.each([
    ['are rules that Prometheus accepts', ['check', 'rules', 'alerts.yml']],
    ['tell of what does not move and of nothing else, with what to do', ['test', 'rules', 'alerts.test.yml']],
  ])('%s', (_, args) => {
    const { status, stdout, stderr } = promtool(...args);
    expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
  });
});

it('the alert rules and the document name metrics that there are', () => {
  const root = join(__dirname, '..');
  const { stdout } = spawnSync(
    'git',
    ['grep', '-ohE', "'followthrough_[a-z_]+'", '--', 'libs/*.ts', 'services/*.ts'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const made = new Set(stdout.split('\n').map((name) => name.slice(1, -1)));
  expect(made.size).toBeGreaterThan(10);
  for (const file of ['deploy/prometheus/alerts.yml', 'docs/observability.md']) {
    const named = readFileSync(join(root, file), 'utf8').match(/followthrough_[a-z_]+/g)!;
    const unknown = named.filter((name) => !made.has(name.replace(/_(count|bucket|sum)$/, '')));
    expect({ file, unknown }).toEqual({ file, unknown: [] });
  }
});
