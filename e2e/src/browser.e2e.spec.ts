import type { Browser, Page } from 'playwright-core';
import { sharedData, waitFor } from '@followthrough/testing';
import {
  axe,
  describeInBrowser,
  launchBrowser,
  openPage,
  settled,
  sidewaysScroll,
  type Seen,
} from '@followthrough/testing/browser';
import { exportOf } from './harness/export-file';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { invite } from './harness/people';
import { wordsOf } from './harness/words';

const password = 'tulip bridge copper lantern 41';
const colleague = 'colleague@example.org';
const visitor = 'visitor@example.org';

const invented = { name: 'export.csv', mimeType: 'text/csv', buffer: exportOf(1200) };
const matrix = sharedData('upr/slovenia/cycle4/upr48-slovenia-thematic-list-of-recommendatio.docx');
const export1720 = sharedData('upr/upr-info/17-20.csv');

/**
 * A real file each, or an invented one where those are not at hand; how many recommendations it holds, and how
 * many of them are addressed to the State that is followed.
 */
const journeys = [
  matrix
    ? {
        lang: 'en' as const,
        file: matrix,
        state: 'SVN',
        stateName: 'Slovenia',
        recommendations: 254,
        followed: 254,
      }
    : {
        lang: 'en' as const,
        file: invented,
        state: 'SVN',
        stateName: 'Slovenia',
        recommendations: 1200,
        followed: 1200,
      },
  export1720
    ? {
        lang: 'ar' as const,
        file: export1720,
        state: 'AFG',
        stateName: 'Afghanistan',
        recommendations: 7984,
        followed: 224,
      }
    : {
        lang: 'ar' as const,
        file: invented,
        state: 'SVN',
        stateName: 'Slovenia',
        recommendations: 1200,
        followed: 1200,
      },
];

const digits = (text: string) => Number(text.replace(/\D/g, ''));

describeInBrowser('through the pages of a new installation', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  describe.each(journeys)('in $lang', ({ lang, file, state, stateName, ...expected }) => {
    const t = wordsOf(lang);
    let mails: MailServer;
    let place: Installation;
    let administrator: Seen;
    let member: Seen;

    beforeAll(async () => {
      mails = await MailServer.start();
      place = await Installation.start({ environment: { SMTP_URL: mails.url } });
      administrator = await openPage(browser, place.url, { lang });
      member = await openPage(browser, place.url, { lang });
    }, 120_000);

    afterAll(async () => {
      await administrator?.context.close();
      await member?.context.close();
      await place?.remove();
      await mails?.stop();
    });

    /** Nothing serious for axe, nothing against the policy, no sideways scroll, at both widths. */
    async function inOrder({ page, faults }: Seen): Promise<void> {
      const found: string[] = [];
      await settled(page);
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 1000 });
        if ((await sidewaysScroll(page)) > 0) found.push(`wider than ${width}`);
        for (const finding of await axe(page)) found.push(JSON.stringify(finding));
      }
      expect({ at: page.url(), found: [...found, ...faults.splice(0)] }).toEqual({
        at: page.url(),
        found: [],
      });
    }

    const button = (page: Page, id: string) => page.getByRole('button', { name: t(id), exact: true });

    it('the one-time link makes the administrator, who finds every page empty and in order', async () => {
      const { page, go } = administrator;
      await go('/');
      await inOrder(administrator);
      const link = new URL(place.setupLink!);
      await go(link.pathname + link.search);
      await page.locator('#name').fill('A. Novak');
      await page.locator('#organisation').fill('Ministry of Foreign Affairs');
      await page.locator('#email').fill('administrator@example.org');
      await page.locator('#password').fill(password);
      await page.locator('#passwordAgain').fill(password);
      await page.locator('form button[type=submit]').click();
      await page.locator('summary', { hasText: 'A. Novak' }).waitFor();
      for (const path of ['/', '/recommendations', '/from', '/inbox', '/subscriptions', '/imports']) {
        await go(path);
        await inOrder(administrator);
      }
    });

    it('an invited colleague joins and follows a State; a visitor follows it by e-mail alone', async () => {
      const link = await invite(await place.operator(), mails, {
        email: colleague,
        organisationClass: 'embassy',
        roles: ['contributor'],
        states: [state],
      });
      await member.go(link.pathname + link.search);
      await member.page.locator('#name').fill('B. Colleague');
      await member.page.locator('#password').fill(password);
      await member.page.locator('#passwordAgain').fill(password);
      await member.page.locator('form button[type=submit]').click();
      await member.page.locator('summary', { hasText: 'B. Colleague' }).waitFor();
      await member.go(`/subscriptions?stateUnderReview=${state}`);
      await member.page.locator('#new-cadence').selectOption('immediate');
      await inOrder(member);
      await button(member.page, 'work.subscriptions.follow').click();
      await member.page.getByRole('heading', { name: t('work.subscriptions.held') }).waitFor();
      await inOrder(member);

      const anybody = await openPage(browser, place.url, { lang });
      await anybody.go(`/follow?stateUnderReview=${state}`);
      await anybody.page.locator('#follow-email').fill(visitor);
      await inOrder(anybody);
      await button(anybody.page, 'follow.submit').click();
      await anybody.page.getByRole('heading', { name: t('follow.sent') }).waitFor();
      const { mail } = await waitFor(() => mails.to(visitor)[0], { timeout: 30_000 });
      const confirmation = new URL(/http\S+follow\/confirm\S+/.exec(mail.text ?? '')![0]);
      await anybody.go(confirmation.pathname + confirmation.search);
      await button(anybody.page, 'confirm.button').click();
      await anybody.page.getByRole('heading', { name: t('confirm.done') }).waitFor();
      await inOrder(anybody);
      await anybody.context.close();
    });

    it('a real file is dropped, read, announced and applied; each follower hears of it once', async () => {
      const { page, go } = administrator;
      await go('/import');
      await page.locator('input[type=file]').setInputFiles(file);
      await page.locator('.count.new .count-figure').waitFor({ timeout: 60_000 });
      expect(digits(await page.locator('.count.new .count-figure').innerText())).toBe(
        expected.recommendations,
      );
      await inOrder(administrator);
      await page.getByRole('radio', { name: t('work.import.announce.yes') }).check();
      await page.locator('.decide button.primary').click();
      await page.getByRole('heading', { name: t('work.import.applied') }).waitFor({ timeout: 60_000 });
      await page.getByText(t('work.import.announced')).waitFor();
      await inOrder(administrator);

      const operator = await place.operator();
      await waitFor(() => mails.to(visitor).length === 2 && mails.to(colleague).length === 2, {
        timeout: 90_000,
        what: 'a digest for each',
      });
      await waitFor(() => operator.eventsHandled(), { timeout: 60_000, what: 'every event to be handled' });
      await member.go('/inbox');
      const unread = member.page.locator('.inbox-top [role=status]');
      await unread.waitFor();
      expect(digits(await unread.innerText())).toBe(expected.followed);
      await inOrder(member);
      expect([mails.to(visitor).length, mails.to(colleague).length]).toEqual([2, 2]);
    });

    it('an import that is not announced is heard of by nobody', async () => {
      const { page, go } = administrator;
      await go('/import');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: exportOf(1260, stateName) });
      await page.locator('.count.new .count-figure').waitFor({ timeout: 60_000 });
      await page.getByRole('radio', { name: t('work.import.announce.no') }).check();
      await page.locator('.decide button.primary').click();
      await page.getByRole('heading', { name: t('work.import.applied') }).waitFor({ timeout: 60_000 });
      await page.getByText(t('work.import.silent')).waitFor();
      const operator = await place.operator();
      await waitFor(() => operator.eventsHandled(), { timeout: 60_000, what: 'every event to be handled' });
      await member.go('/inbox');
      const unread = member.page.locator('.inbox-top [role=status]');
      await unread.waitFor();
      expect(digits(await unread.innerText())).toBe(expected.followed);
      expect([mails.to(visitor).length, mails.to(colleague).length]).toEqual([2, 2]);
    });

    it('every page is filled and in order, and a planted fault is found', async () => {
      const { page, go } = administrator;
      await go('/recommendations');
      const first = page.locator('.rows > li a').first();
      const one = await first.getAttribute('href');
      for (const path of [
        '/',
        '/recommendations',
        one!,
        '/from',
        '/imports',
        `/recommendations?stateUnderReview=${state}&position=noted`,
      ]) {
        await go(path);
        await inOrder(administrator);
      }
      await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: {
            createElement(tag: string): object;
            querySelector(of: string): { append(child: object): void };
          };
        };
        document.querySelector('main').append(document.createElement('button'));
      });
      expect((await axe(page)).map(({ id }) => id)).toContain('button-name');
    });

    it('a file that is none says so where it was dropped, and nothing changes', async () => {
      const { page, go } = administrator;
      await go('/import');
      await page.locator('input[type=file]').setInputFiles({
        name: 'matrix.docx',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('MZ\x90\0\x03'),
      });
      await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
      await inOrder(administrator);
    });

    it('a server that went away says so, and once it is back the page comes', async () => {
      const { page, go } = administrator;
      await go('/recommendations');
      await place.kill();
      await page.locator('.rows > li a').first().waitFor();
      await page.getByRole('searchbox').fill('education');
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('heading', { name: t('trouble.offline') }).waitFor();
      await inOrder(administrator);
      place = await Installation.start({
        dataDir: place.dataDir,
        environment: { SMTP_URL: mails.url, PORT: new URL(place.url).port },
      });
      await button(page, 'trouble.retry').first().click();
      await page.locator('.rows > li a').first().waitFor();
    });
  });
});
