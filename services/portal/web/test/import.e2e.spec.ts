import { axe, describeInBrowser, openSite, settled, type Site } from './browser';

const sheet = {
  name: 'Outcome.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('Para,Recommendation,Asked by,Answer\r\n118.1,Open a class,Mozambique,Accepted\r\n'),
};
const matrix = { name: 'matrix.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') };

jest.setTimeout(120_000);

describeInBrowser('the import wizard', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site.close());

  test('a table: match columns, save the matching, review, import silently, undo', async () => {
    const { page, go, faults } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/import');
    await page.getByLabel('Choose a file').setInputFiles(sheet);
    await page.waitForURL(/\/import\/imp-\d+/);

    await page
      .getByRole('combobox', { name: 'What the column Remarks holds' })
      .selectOption({ label: 'Note' });
    await page.getByLabel('Accepted in part').selectOption({ label: 'Partly supported' });
    await page.getByLabel('Name of this matching').fill('Our own table');
    await page.getByRole('button', { name: 'Save for the next file' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Read the file with this matching' }).click();

    const figures = page.locator('.counts .count-figure');
    await figures.first().waitFor();
    expect(await figures.allInnerTexts()).toEqual(['231', '12', '6', '5']);
    expect(await page.locator('ins').first().innerText()).toContain('free of charge');
    expect(await page.locator('del').first().innerText()).toContain('forced');
    expect(await axe(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Rejected rows (5)' }).click();
    await page.getByText('The text is empty.').waitFor();
    expect(await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toMatch(
      /rejects\.csv$/,
    );
    await page.getByRole('tab', { name: 'Open questions (2)' }).click();
    await page.getByRole('button', { name: 'It is Guinea', exact: true }).click();
    await page.getByRole('button', { name: 'It is Guinea', exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('radio', { name: /Import silently/ }).check();
    await page.getByRole('button', { name: 'Import 243 rows' }).click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await page.getByText('imported silently').waitFor();

    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('heading', { name: 'The import was undone' }).waitFor();
    expect(faults).toEqual([]);
  });

  test('a matrix needs no matching; in Arabic, announced', async () => {
    const { page, go, faults } = await site.visit({ lang: 'ar', as: 'coordinator' });
    await go('/import');
    await page.getByLabel('اختر ملفا').setInputFiles(matrix);
    await page.getByRole('button', { name: 'استورد 243 سطرا' }).click();
    await page.getByRole('heading', { name: 'تم الاستيراد' }).waitFor();
    await page.getByText('أُعلن للمتابعين').waitFor();
    expect(faults).toEqual([]);
  });

  test('a State is found among all by typing', async () => {
    const { page, go } = await site.visit({ lang: 'en', as: 'coordinator' });
    await go('/import/imp-2?show=questions');
    const picker = page.getByRole('combobox', { name: 'Another State' }).first();
    await picker.fill('switz');
    await page.getByRole('option', { name: 'Switzerland' }).waitFor();
    // While its list is open React Aria hides the rest of the page from screen readers; leaving by Tab closes it.
    expect((await axe(page)).filter(({ id }) => id !== 'aria-hidden-focus')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=option][data-focused]', { hasText: 'Switzerland' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await picker.inputValue()).toBe('Switzerland');
    expect(await axe(page)).toEqual([]);
    await settled(page);
  });
});
