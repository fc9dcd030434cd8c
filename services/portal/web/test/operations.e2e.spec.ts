import { describeInBrowser, openSite, settled, type Site } from './browser';

jest.setTimeout(120_000);

describeInBrowser('operations', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('are for administrators: others find neither the way nor the page', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/operations');
    await page.getByRole('heading', { name: 'Your role does not include this page' }).waitFor();
    expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0);
    const other = await site.visit({ lang: 'en', as: 'administrator' });
    await other.go('/');
    await other.page.getByRole('link', { name: 'Operations' }).click();
    await other.page.getByRole('heading', { name: 'Operations', exact: true }).waitFor();
  });

  test('show services, events, copies and mails', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'administrator' });
    await go('/operations');
    const row = (name: RegExp) => page.getByRole('row', { name }).first().innerText();
    expect(await row(/^Funding Not ready/)).toContain('12, the oldest for 3 s');
    expect(await row(/^Recommendations Ready/)).toContain('3 waiting and 1 failed');
    expect(await row(/^Consultations consultations/)).toMatch(
      /1,234\s+2\s+0\s+recommendations\.v1 31,500 of 57,000/,
    );
    expect(await page.locator('.outcomes').innerText()).toMatch(/Refused\s+3/);
  });

  test('a copy is built anew, or given events again, by keyboard', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'administrator' });
    await go('/operations');
    await page.getByRole('button', { name: 'Renew portal.feed' }).focus();
    await page.keyboard.press('Enter');
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: 'Build anew from recommendations.v1' }).focus();
    await page.keyboard.press('Enter');
    await box.getByText('It is under way').waitFor();
    const again = box.getByRole('button', { name: 'Give events again' });
    expect(await again.isDisabled()).toBe(true);
    await box.getByLabel('From where').selectOption({ label: 'an offset on' });
    await box.getByLabel('Partition').fill('3');
    expect(await again.isDisabled()).toBe(true);
    await box.getByLabel('Offset').fill('118');
    await page.keyboard.press('Enter');
    await box.getByText('1,300 events were handled again, 0 failed.').waitFor();
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  });

  test('what is parked is skipped for a reason, or tried again', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'administrator' });
    await go('/operations');
    const lines = page.locator('.parked-line');
    await lines.first().waitFor();
    expect(await lines.count()).toBe(2);
    const unreadable = lines.filter({ hasText: 'Not readable' });
    await unreadable.getByRole('button', { name: /^Skip/ }).click();
    const skip = page.getByRole('dialog').getByRole('button', { name: 'Skip' });
    expect(await skip.isDisabled()).toBe(true);
    await page.getByLabel('Why, for whoever reads the audit').fill('Sent by a test');
    await skip.click();
    await unreadable.waitFor({ state: 'detached' });
    await lines.getByRole('button', { name: /^Try again/ }).click();
    await page.getByText('Nothing waits for a person.').waitFor();
    await settled(page);
  });
});
