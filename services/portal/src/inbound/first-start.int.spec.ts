import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { operatorTokenFile } from '../index';
import { startPortal, type RunningPortal } from '../testing/start-portal';

describe('the token of the operator of this machine', () => {
  let portal: RunningPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  it('stands in a file that only its owner may read, and stays the same from start to start', async () => {
    const file = await operatorTokenFile(portal.app);
    const secret = readFileSync(file!, 'utf8');
    expect(statSync(file!).mode & 0o777).toBe(0o600);
    expect(readFileSync((await operatorTokenFile(portal.app))!, 'utf8')).toBe(secret);
    const rows = await portal.database.query(
      `select roles, states from directory.service_account where operator`,
    );
    expect(rows).toEqual([{ roles: ['administrator'], states: ['*'] }]);
  });

  it('is made anew where the file is lost or another one', async () => {
    const file = (await operatorTokenFile(portal.app))!;
    const secret = readFileSync(file, 'utf8');
    writeFileSync(file, 'ft_somebody-elses', { mode: 0o644 });
    await operatorTokenFile(portal.app);
    expect(readFileSync(file, 'utf8')).not.toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await portal.operatorToken()).toBeTruthy();
  });

  it('stays away once an administrator has revoked it', async () => {
    const token = await portal.operatorToken();
    const headers = { authorization: `Bearer ${token}` };
    const [row] = await portal.database.query('select id from directory.service_account where operator');
    await portal.browser().call('DELETE', `/api/portal/v1/service-accounts/${row.id}`, undefined, headers);
    expect(await operatorTokenFile(portal.app)).toBeNull();
    expect(await operatorTokenFile(portal.app)).toBeNull();
  });
});
