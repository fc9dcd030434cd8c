import { axe, describeInBrowser, openSite, sidewaysScroll, type Site } from './browser';

const SPOKEN = '/recommendations/0199c000-0000-7000-8000-000000000012';

jest.setTimeout(120_000);

describeInBrowser('what has happened, and who says so', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('the four voices stand side by side in one order, with what the State answers', async () => {
    const { page, go } = await site.visit({ lang: 'en' });
    await go(SPOKEN);
    await page.getByRole('heading', { name: 'Who says what' }).waitFor();
    expect(await page.locator('.voice h3').allInnerTexts()).toEqual([
      'The State',
      'National human rights institution',
      'Civil society',
      'United Nations',
    ]);
    expect(await page.locator('.verdict-word').allInnerTexts()).toEqual([
      'Implemented',
      'Limited progress',
      'Not implemented',
    ]);
    expect(await page.locator('.answer').innerText()).toContain('Three further offices open in spring.');
    expect(await page.getByRole('list', { name: 'How far it has come' }).innerText()).toContain(
      'claimed, not confirmed',
    );
    expect(await page.locator('.provenance').first().locator('h3').allInnerTexts()).toEqual([
      'Act on legal aid adopted at third reading',
      'Money for nine offices',
    ]);
    // Nobody who may not write is offered to.
    expect(
      await page.getByRole('button', { name: /Give a verdict|Write a development|Answer/ }).count(),
    ).toBe(0);
  });

  test.each(['en', 'ar'] as const)(
    'its forms are in order for axe and fit 360 pixels, in %s',
    async (lang) => {
      const seen = await site.visit({ lang, as: 'coordinator' });
      await seen.go(SPOKEN);
      const found: unknown[] = [];
      await seen.page.locator('.said-top button').first().click();
      await seen.page.locator('select[name=verdict]').waitFor();
      await seen.page.locator('.said-top button').last().click();
      await seen.page.locator('input[name=happenedOn]').waitFor();
      for (const width of [1440, 360]) {
        await seen.page.setViewportSize({ width, height: 1000 });
        found.push(...(await axe(seen.page)));
        if ((await sidewaysScroll(seen.page)) > 0) found.push(`too wide at ${width}`);
      }
      expect([...found, ...seen.faults]).toEqual([]);
    },
  );

  test('a verdict is published from the page as its organisation wrote it', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go(SPOKEN);
    await page.getByRole('button', { name: 'Give a verdict' }).click();
    await page.getByLabel('Verdict of your organisation').selectOption('substantial');
    await page.getByLabel('Evidence').fill('Gazette 41 https://gazette.example/41\nA letter');
    const kept = page.waitForRequest((request) => request.method() === 'PATCH');
    const published = page.waitForRequest((request) => request.url().endsWith('/assessments/as-2/publish'));
    await page.getByRole('button', { name: 'Publish in our name' }).click();
    expect((await kept).postDataJSON()).toMatchObject({
      version: 2,
      set: {
        verdict: 'substantial',
        evidence: [
          { title: 'Gazette 41', url: 'https://gazette.example/41' },
          { title: 'A letter', url: '' },
        ],
      },
    });
    await published;
    await page.getByLabel('Verdict of your organisation').waitFor({ state: 'detached' });
  });
});
