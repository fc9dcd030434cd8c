import type { Page } from 'playwright-core';
import { describeInBrowser, openSite, settled, type Site } from './browser';

/** What the focus is on, in words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined;
    return element?.getAttribute('aria-label') ?? label ?? (element as HTMLElement | null)?.innerText ?? '';
  });

/** Tabs until the focus is on something so named; fails after `most` steps. */
async function tabTo(page: Page, name: RegExp, most = 80): Promise<void> {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) {
      const seen = await page.evaluate(() => {
        const element = document.activeElement;
        const shown = element && getComputedStyle(element);
        return shown ? `${shown.outlineStyle} ${shown.outlineWidth}` : '';
      });
      // The focus shows, as a ring of its own or on the label of a hidden file field.
      expect(seen === 'solid 3px' || (await page.locator('.drop:focus-within').count()) > 0).toBe(true);
      return;
    }
  }
  throw new Error(`${name} cannot be reached by keyboard`);
}

jest.setTimeout(120_000);

describeInBrowser('by keyboard alone', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('skip link, filters, chips', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Noted/);
    await page.keyboard.press('Space');
    await page.waitForURL(/position=noted/);
    await settled(page);
    await tabTo(page, /Remove filter:\s+Noted/);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.search.includes('position'));
  });

  test('language', async () => {
    const { page, go } = await site.visit();
    await go('/recommendations');
    await tabTo(page, /^Language/);
    await page.keyboard.press('Enter');
    await tabTo(page, /العربية/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dir === 'rtl');
    await page.getByRole('heading', { name: 'التوصيات', exact: true }).waitFor();
    // The choice stays on the way to other pages, and for the next visit.
    await page.getByRole('link', { name: 'من طلب ماذا' }).click();
    await page.waitForURL(/\/from\?lang=ar/);
    await page.goto(`${site.address}/recommendations`);
    await page.getByRole('heading', { name: 'التوصيات', exact: true }).waitFor();
  });

  test('menus close with Escape and give the focus back', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/recommendations');
    await tabTo(page, /^Account of/);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Settings' }).waitFor({ state: 'hidden' });
    expect(await focused(page)).toMatch(/^Account of/);
  });

  test('tabs: arrow keys follow the direction of the script', async () => {
    for (const [lang, key] of [
      ['en', 'ArrowRight'],
      ['ar', 'ArrowLeft'],
    ] as const) {
      const { page, go } = await site.visit({ lang, as: 'coordinator' });
      await go('/import/imp-2?show=changed');
      await page.getByRole('tab').first().focus();
      await page.keyboard.press(key);
      await page.waitForURL(/show=new/);
      expect(await page.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');
    }
  });

  test('import: file, announcing, button', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/import');
    await tabTo(page, /^Choose a file/);
    await page.getByLabel('Choose a file').setInputFiles({
      name: 'matrix.docx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('PK'),
    });
    await page.getByRole('button', { name: 'Import 243 rows' }).waitFor();
    await tabTo(page, /^Announce/);
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^Import 243 rows/);
    await page.keyboard.press('Enter');
    await page.getByText('imported silently').waitFor();
  });

  test('a new page takes the focus to its beginning', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations');
    await page.locator('.rows a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/recommendations\/0199/);
    await page.waitForFunction(() => document.activeElement?.id === 'main');
  });
});
