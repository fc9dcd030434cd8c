import { spawnSync } from 'node:child_process';
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
