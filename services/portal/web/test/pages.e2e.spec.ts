import { axe, describeInBrowser, openSite, sidewaysScroll, type Site, type Visitor } from './browser';

/** Every page, and who sees it. */
const pages: [path: string, as?: Visitor['as']][] = [
  ['/'],
  ['/recommendations'],
  ['/recommendations?position=noted&theme=health&q=patients'],
  ['/recommendations/0199c000-0000-7000-8000-000000000012'],
  ['/recommendations/0199c000-0000-7000-8000-000000000019', 'coordinator'],
  ['/from'],
  ['/from/MOZ?since=2026-11-01'],
  ['/follow?theme=health'],
  ['/follow/confirm?token=abc'],
  ['/no-such-page'],
  ['/inbox', 'coordinator'],
  ['/subscriptions?theme=health', 'coordinator'],
  ['/asked?link=abc'],
  ['/asked?link=abc&task=task-1'],
  ['/rounds', 'coordinator'],
  ['/rounds/round-1', 'coordinator'],
  ['/rounds/round-1?task=task-2', 'coordinator'],
  ['/rounds/round-2', 'coordinator'],
  ['/imports', 'coordinator'],
  ['/import', 'coordinator'],
  ['/import/imp-1', 'coordinator'],
  ['/import/imp-2?show=changed', 'coordinator'],
  ['/import/imp-2?show=rejected', 'coordinator'],
  ['/import/imp-2?show=questions', 'coordinator'],
  ['/import/imp-2?step=columns', 'coordinator'],
  ['/directory', 'administrator'],
  ['/directory?part=organisations', 'administrator'],
  ['/directory?part=invitations', 'administrator'],
  ['/directory?part=service-accounts', 'administrator'],
  ['/operations', 'administrator'],
  ['/settings', 'administrator'],
  ['/roadmaps'],
  ['/roadmaps/road-1'],
  ['/roadmaps/road-1', 'coordinator'],
  ['/consultations'],
  ['/consultations/cons-1', 'coordinator'],
  ['/consultations/cons-2', 'coordinator'],
  ['/consultations/cons-3'],
  ['/consultations/new?theme=health', 'coordinator'],
  ['/mailbox'],
  ['/mailbox?mail=mail-1'],
  ['/inbox'],
];
const withoutMode: ReadonlySet<string> = new Set(['/follow/confirm?token=abc', '/no-such-page', '/import']);

jest.setTimeout(120_000);

describeInBrowser('every page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  const modes = ['filled', 'empty', 'failing'] as const;
  const languages = ['en', 'ar'] as const;
  const visitors = [undefined, 'coordinator', 'administrator'] as const;
  const cases = modes.flatMap((mode) =>
    languages.flatMap((lang) => visitors.map((as) => ({ mode, lang, as, who: as ?? 'a visitor' }))),
  );

  test.each(cases)(
    '$mode, in $lang, for $who: nothing serious for axe, nothing against the policy, no sideways scroll',
    async ({ mode, lang, as }) => {
      const found: string[] = [];
      const seen = await site.visit({ mode, lang, as, dark: mode === 'empty' });
      for (const [path] of pages.filter((one) => one[1] === as)) {
        if (mode !== 'filled' && withoutMode.has(path)) continue;
        await seen.page.setViewportSize({ width: 1440, height: 1000 });
        await seen.go(path);
        const direction = await seen.page.evaluate(() => document.documentElement.dir);
        if (direction !== (lang === 'ar' ? 'rtl' : 'ltr')) found.push(`${path}: direction ${direction}`);
        for (const width of [1440, 360]) {
          await seen.page.setViewportSize({ width, height: 1000 });
          const wide = await sidewaysScroll(seen.page);
          if (wide > 0) found.push(`${path} at ${width}: ${wide} px too wide`);
          for (const finding of await axe(seen.page)) {
            found.push(`${path} at ${width}: ${JSON.stringify(finding)}`);
          }
        }
        found.push(...seen.faults.splice(0).map((fault) => `${path}: ${fault}`));
      }
      await seen.context.close();
      expect(found).toEqual([]);
    },
    300_000,
  );

  test('French and 320 pixels', async () => {
    const found: string[] = [];
    const seen = await site.visit({ lang: 'fr', width: 320, as: 'administrator' });
    for (const [path] of pages) {
      await seen.go(path);
      const wide = await sidewaysScroll(seen.page);
      if (wide > 0) found.push(`${path}: ${wide} px too wide`);
    }
    expect([...found, ...seen.faults]).toEqual([]);
  }, 300_000);

  test('what fails says so, with a way out and a reference', async () => {
    const seen = await site.visit({ mode: 'failing', lang: 'en' });
    await seen.go('/recommendations?position=noted');
    const alert = seen.page.getByRole('alert');
    await alert.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await alert.innerText()).toContain('0199c0de-7e57');
    // The filters stay.
    expect(await seen.page.getByRole('button', { name: /Noted/ }).count()).toBe(1);
  });

  test('a planted nameless button is found', async () => {
    const seen = await site.visit();
    await seen.go('/recommendations');
    expect(await axe(seen.page)).toEqual([]);
    await seen.page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await axe(seen.page)).map(({ id }) => id)).toContain('button-name');
  });

  test('a planted style attribute is told as against the policy', async () => {
    const seen = await site.visit();
    await seen.go('/recommendations');
    expect(seen.faults).toEqual([]);
    await seen.page.evaluate(() => document.querySelector('main')?.setAttribute('style', 'color: red'));
    await seen.page.waitForFunction(() => true);
    expect(seen.faults).toEqual([expect.stringMatching(/^policy: style-src/)]);
  });
});
