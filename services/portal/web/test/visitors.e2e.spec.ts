import { describeInBrowser, openSite, settled, type Site } from './browser';

jest.setTimeout(120_000);

describeInBrowser('visitors and members', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('following by e-mail needs an address, and says the same whatever it is', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/follow?theme=health');
    await page.getByText('Right to health').waitFor();
    await page.getByRole('button', { name: 'Send me the confirmation' }).click();
    await page.getByText('Enter an address such as name@example.org.').waitFor();
    await page.getByLabel('E-mail address').fill('someone@example.org');
    await page.getByRole('button', { name: 'Send me the confirmation' }).click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  });

  test('opening the link of a confirmation changes nothing; the button does', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    const posts: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    await go('/follow/confirm?token=abc');
    expect(posts).toEqual([]);
    await page.getByRole('button', { name: 'Yes, send me messages' }).click();
    await page.getByRole('heading', { name: 'You are following now' }).waitFor();
    expect(posts).toHaveLength(1);
  });

  test('a subscription shows first what it would have brought', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/subscriptions?theme=health&position=noted');
    await page.getByText('53 recommendations held now match.').waitFor();
    await page.getByLabel('How often').first().selectOption({ label: 'Once a week' });
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.waitForURL(/\/subscriptions\?lang=en$/);
    await page.locator('.subscription').nth(2).waitFor();
  });

  test('pages for members ask visitors to sign in and to come back', async () => {
    const { page, go } = await site.visit({ lang: 'fr' });
    await go('/import');
    await page.getByRole('heading', { name: 'Connectez-vous pour voir cette page' }).waitFor();
    const address = await page
      .locator('main')
      .getByRole('link', { name: 'Se connecter' })
      .getAttribute('href');
    expect(address).toBe('/sign-in?lang=fr&returnTo=%2Fimport%3Flang%3Dfr');
  });

  test('an empty installation offers both ways in; the demo button leads to recommendations', async () => {
    const { page, go } = await site.visit({ mode: 'empty', lang: 'en' });
    await go('/');
    await page.getByRole('heading', { name: 'Set up' }).waitFor();
    await page.getByRole('button', { name: 'Load sample data' }).click();
    await page.getByText('coordinator@demo.invalid').waitFor();
    await page.getByRole('button', { name: 'See the recommendations' }).click();
    await page.getByText('248 recommendations', { exact: true }).waitFor();
  });

  test('dark and light can be chosen, and the choice stays', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(250, 248, 243)');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await paper()).toBe('rgb(17, 23, 28)');
    await page.reload();
    await settled(page);
    expect(await paper()).toBe('rgb(17, 23, 28)');
  });

  test('a first visit stays within the budget of fonts and asks nobody else', async () => {
    for (const [lang, most] of [
      ['en', 75_000],
      ['ar', 125_000],
    ] as const) {
      const seen = await site.visit({ lang });
      let fonts = 0;
      seen.page.on('response', (response) => {
        if (!response.url().endsWith('.woff2')) return;
        void response.body().then((body) => {
          fonts += body.length;
        });
      });
      await seen.go('/recommendations?position=supported&theme=migrants');
      expect(fonts).toBeGreaterThan(20_000);
      expect(fonts).toBeLessThanOrEqual(most);
      expect(seen.faults).toEqual([]);
    }
  });

  test('fonts that come late move nothing', async () => {
    const { page } = await site.visit({ lang: 'en' });
    const held: (() => void)[] = [];
    await page.route('**/*.woff2', (route) => void held.push(() => void route.continue()));
    await page.addInitScript(() => {
      const seen = window as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${site.address}/recommendations?lang=en`, { waitUntil: 'commit' });
    await page.locator('.rows > li').first().waitFor();
    for (const release of held) release();
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
    expect(held.length).toBeGreaterThan(1);
    expect(shift).toBeLessThanOrEqual(0.05);
  });

  test('a text is shown in the reader’s language where somebody translated it, and marked as that', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/recommendations/0199c000-0000-7000-8000-000000000012');
    const text = page.locator('h1.record-text');
    expect(await text.getAttribute('lang')).toBe('en');
    await page.getByText('The text that counts is recorded in another language.').waitFor();
    await page.getByRole('button', { name: 'Arabic' }).click();
    expect(await text.getAttribute('dir')).toBe('rtl');
  });

  test('a page whose code cannot be fetched says so, and comes once it can', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go('/follow');
    await page.route('**/assets/recommendations-*', (route) => route.abort());
    await page.locator('nav a[href^="/recommendations"]').filter({ visible: true }).first().click();
    await page.getByRole('heading', { name: 'The server cannot be reached.' }).waitFor();
    await page.unroute('**/assets/recommendations-*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.rows > li').first().waitFor();
  });

  test('an administrator invites a person for one State; the list of States opens inside the box', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'administrator' });
    await go('/directory?part=invitations');
    await page.getByRole('button', { name: 'Invite one person' }).click();
    const box = page.getByRole('dialog', { name: 'Invite one person' });
    await box.getByLabel('E-mail address').fill('t.lund@health.tamaria.invalid');
    await box.getByLabel('Organisation').selectOption({ label: 'Ministry of Health' });
    await box.getByRole('checkbox', { name: /^Focal point/ }).check();
    await box.getByRole('checkbox', { name: 'All States' }).uncheck();
    // The list closes when its surroundings scroll, so the field comes into view first.
    await box.getByRole('combobox', { name: 'Add a State' }).click();
    await page.keyboard.type('slov');
    await box.getByRole('option', { name: 'Slovenia' }).click();
    await box.getByRole('button', { name: 'Remove: Slovenia' }).waitFor();
    await box.getByRole('button', { name: 'Send the invitation' }).click();
    await page.locator('bdi', { hasText: 't.lund@health.tamaria.invalid' }).waitFor();
  });
});
