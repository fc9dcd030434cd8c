import { openXlsx } from '@followthrough/imports/files';
import { csvText, xlsxFile } from '@followthrough/imports/fixtures';
import { ConsultationsWorld } from './testing/consultations-world';

const HEALTH = 'health@ministry.example';

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const table = await openXlsx({ bytes });
  const rows: string[][] = [];
  for await (const { cells } of table.sheets[0]!.rows()) rows.push(cells);
  table.close();
  return rows;
}

describe('tables in and out', () => {
  let world: ConsultationsWorld;
  let cookie: string;
  let taskId: string;
  let ids: string[];
  beforeEach(async () => {
    world = await ConsultationsWorld.open();
    ids = await world.hold({ text: '=HYPERLINK("http://a")' }, {}, {});
    const { id } = await world.institution('Health');
    await world.assign(id, {}, 3);
    await world.openRound();
    cookie = await world.signIn(HEALTH);
    taskId = (await world.json('GET', '/asked/tasks', { cookie })).tasks[0].id;
  });
  afterEach(() => world.close());

  const download = async (lang = 'en') => {
    const path = `/asked/tasks/${taskId}/answers.xlsx?lang=${lang}`;
    return rowsOf(Buffer.from(await (await world.request('GET', path, { cookie })).arrayBuffer()));
  };
  const send = (bytes: Buffer) => world.ask('PUT', `/asked/tasks/${taskId}/answers.xlsx`, { cookie, bytes });
  /** The rows with answers in the columns that follow the first six; what was empty is missing at their ends. */
  const filled = (rows: string[][], ...answers: string[][]) =>
    rows.map((row, at) =>
      at === 0
        ? row
        : [...Array.from({ length: 6 }, (_, column) => row[column] ?? ''), ...(answers[at - 1] ?? [])],
    );
  const book = (rows: string[][]) =>
    xlsxFile({
      sheets: [{ name: 'Answers', rows: rows.map((row) => Array.from(row, (cell) => cell ?? '')) }],
    });

  it.each(['en', 'fr', 'ar'])(
    'gives the task out in %s and takes it back; twice changes nothing',
    async (lang) => {
      const rows = await download(lang);
      const statuses = {
        en: ['Under way', 'Completed'],
        fr: ['En cours', 'Achevé'],
        ar: ['قيد التنفيذ', 'اكتمل'],
      }[lang]!;
      const sent = book(
        filled(
          rows,
          [statuses[0]!, 'A draft'],
          [statuses[1]!, 'Adopted', 'https://a.example/1\nhttps://a.example/2'],
        ),
      );
      expect((await send(sent)).json).toEqual({ saved: 2, same: 1, rejected: [] });
      expect((await send(sent)).json).toEqual({ saved: 0, same: 3, rejected: [] });
      const page = await world.json('GET', `/asked/tasks/${taskId}`, { cookie });
      expect(page.recommendations[1].answer).toMatchObject({
        version: 1,
        status: 'completed',
        text: 'Adopted',
        links: [
          { url: 'https://a.example/1', label: '' },
          { url: 'https://a.example/2', label: '' },
        ],
      });
      const again = await download(lang);
      expect(again[1]!.slice(6)).toEqual([statuses[0], 'A draft']);
      expect(again[1]![4]).toBe('=HYPERLINK("http://a")');
    },
  );

  it('answers for each row that it cannot use, and keeps the others', async () => {
    const rows = filled(await download(), ['Nearly there', 'x'], ['Completed', ''], ['Under way', 'Good']);
    rows.push(['01900000-0000-7000-8000-000000000000', '0', '', '', '', '', 'Under way', 'Not mine']);
    rows.push(['not an id', '0', '', '', '', '', 'Under way', 'x']);
    rows.push(['', '', '', '', '', '', '', 'Words only']);
    rows.push([ids[2]!, '0', '', '', '', '', 'Under way', 'x', 'javascript:alert(1)']);
    const { status, json } = await send(book(rows));
    expect(status).toBe(200);
    expect(json).toMatchObject({ saved: 1, same: 0 });
    expect(json.rejected.map(({ row }: { row: number }) => row)).toEqual([2, 3, 5, 6, 7, 8]);
  });

  it('does not overwrite what somebody wrote after it was taken out', async () => {
    const rows = filled(await download(), ['Under way', 'From the workbook']);
    await world.json('PUT', `/asked/tasks/${taskId}/answers/${ids[0]}`, {
      cookie,
      body: { seen: 0, status: 'not-started' },
    });
    expect((await send(book(rows))).json.rejected).toEqual([
      { row: 2, reason: expect.stringContaining('Somebody else') },
    ]);
    const page = await world.json('GET', `/asked/tasks/${taskId}`, { cookie });
    expect(page.recommendations[0].answer.status).toBe('not-started');
  });

  it.each([
    ['another workbook', () => book([['Name', 'Age']])],
    ['no table', () => Buffer.from('%PDF-1.7')],
    ['a broken archive', () => Buffer.from('PK\x03\x04 nothing')],
    ['too many rows', () => Buffer.from(csvText(Array.from({ length: 5_100 }, () => ['a', 'b'])))],
  ])('refuses %s with a sentence', async (_, bytes) => {
    const { status, json } = await send(bytes());
    expect(status).toBe(422);
    expect(json.detail).toMatch(/\.$/);
  });

  it('takes from a list who leads, by id or by symbol and paragraph', async () => {
    const [one, two] = await world.hold({ paragraph: '7.1' }, { paragraph: '7.10' });
    await world.institution('Justice');
    const { status, json } = await world.ask('POST', '/leads/from-file?state=KEN', {
      bytes: Buffer.from(
        csvText([
          ['Recommendation id', 'Symbol', 'Paragraph', 'Institution'],
          [one!, '', '', 'JUSTICE'],
          ['', 'a/hrc/59/9', '7.10', 'Justice'],
          ['', 'A/HRC/59/9', '7.100', 'Justice'],
          [two!, '', '', 'Ministry of Magic'],
        ]),
      ),
    });
    expect([status, json.assigned, json.rejected.map(({ row }: { row: number }) => row)]).toEqual([
      200,
      2,
      [4, 5],
    ]);
    const leads = await world.database.query(
      `select r.paragraph from lead_assignment l join institution i on i.id = l.institution_id
       join recommendation_copy r using (recommendation_id) where i.name = 'Justice' order by 1`,
    );
    expect(leads.map(({ paragraph }) => paragraph)).toEqual(['7.1', '7.10']);
  });
});
