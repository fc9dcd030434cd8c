import { describeInBrowser, openSite, settled, type Site } from './browser';

jest.setTimeout(120_000);

describeInBrowser('the list', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('every filter state is an address that anyone can open', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations');
    const total = page.getByRole('status').filter({ hasText: 'recommendation' });
    expect(await total.innerText()).toBe('248 recommendations');

    await page.getByRole('checkbox', { name: /^Noted/ }).check();
    await page.getByRole('checkbox', { name: /^Right to health/ }).check();
    await page.waitForURL(/theme=health/);
    await settled(page);
    const narrowed = await total.innerText();
    expect(narrowed).toMatch(/^\d+ recommendations of 248$/);
    const address = page.url();
    expect(new URL(address).searchParams.getAll('position')).toEqual(['noted']);

    const other = await site.visit();
    await other.page.goto(address);
    await settled(other.page);
    expect(await other.page.getByRole('status').filter({ hasText: ' of ' }).innerText()).toBe(narrowed);
    expect(await other.page.getByRole('checkbox', { name: /^Noted/ }).isChecked()).toBe(true);

    // Back undoes the last filter, a chip takes one away.
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes('theme'));
    await page.getByRole('button', { name: 'Remove filter: Noted' }).click();
    await page.waitForURL((url) => !url.search.includes('position'));
    await settled(page);
    expect(await total.innerText()).toBe('248 recommendations');
  });

  test('typing searches, and what finds nothing says the way out', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations?page=2');
    await page.getByRole('searchbox').fill('zzzz');
    await page.waitForURL(/q=zzzz/);
    await page.getByRole('heading', { name: 'Nothing matches all of these filters' }).waitFor();
    expect(new URL(page.url()).searchParams.has('page')).toBe(false);
    await page.locator('.empty').getByRole('button', { name: 'Clear all' }).click();
    await page.waitForURL((url) => !url.search.includes('zzzz'));
    await settled(page);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  test('twenty a page, and pages are addresses', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations');
    expect(await page.locator('.rows > li').count()).toBe(20);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL(/page=2/);
    await settled(page);
    expect(await page.locator('.rows .row-code').first().innerText()).toBe('118.21');
  });

  test('lead institutions are shown to those with the right only', async () => {
    const visitor = await site.visit({ lang: 'en' });
    await visitor.go('/recommendations');
    expect(await visitor.page.getByText('Ministry of Education').count()).toBe(0);
    const coordinator = await site.visit({ lang: 'en', as: 'coordinator' });
    await coordinator.go('/recommendations');
    await coordinator.page.getByText('Ministry of Education').first().waitFor();
  });

  test('internal fields of a selection are edited at once, and the button says how many', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/recommendations?theme=health');
    await page.getByRole('button', { name: 'Edit 28 recommendations' }).click();
    const box = page.getByRole('dialog');
    await box.getByLabel('Lead institution').fill('Ministry of Health');
    await box.getByRole('button', { name: 'Edit 28 recommendations' }).click();
    await box.getByText('28 recommendations changed.').waitFor();
  });

  test('narrow windows have the filters in a sheet', async () => {
    const { page, go } = await site.visit({ lang: 'en', width: 360, height: 800 });
    await go('/recommendations');
    await page.getByRole('button', { name: 'Filters' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await sheet.getByRole('checkbox', { name: /^Noted/ }).check();
    await page.waitForURL(/position=noted/);
    await sheet.getByRole('button', { name: /^Show \d+ recommendations/ }).click();
    await page.getByRole('button', { name: 'Filters (1)' }).waitFor();
  });
});
