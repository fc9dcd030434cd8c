import { openXlsx } from '@followthrough/imports/files';
import { RecommendationRows } from '../outbound/view/recommendation-rows';
import { aRecommendation, recorded, revised, tell, withdrawn } from '../testing/recommendation-events';
import { startPortal, type RunningPortal } from '../testing/start-portal';

describe('what one State asked of whom', () => {
  let portal: RunningPortal;
  const get = async (path: string) => {
    const answer = await portal.browser().call('GET', `/api/portal/v1/from/${path}`);
    return { status: answer.status, body: JSON.parse(answer.text) };
  };
  const day = (date: string) => ({ occurredAt: new Date(`${date}T10:00:00Z`) });

  beforeAll(async () => {
    portal = await startPortal();
    const asked = (paragraph: string, given: Parameters<typeof aRecommendation>[0] = {}) =>
      aRecommendation({ recommendingStates: ['CIV', 'SWE'], paragraph, ...given });
    const open = asked('1.2', { position: 'pending' });
    const gone = asked('1.3');
    await tell(
      portal.database,
      portal.app.get(RecommendationRows),
      recorded(asked('1.10', { text: '=cmd|calc' }), day('2024-01-01')),
      recorded(open, day('2024-01-01')),
      recorded(gone, day('2024-01-01')),
      recorded(asked('7.1', { stateUnderReview: 'FRA', cycle: 3, position: 'noted' }), day('2024-01-01')),
      recorded(aRecommendation({ recommendingStates: ['AUT'] }), day('2024-01-01')),
      revised({ ...open, position: 'supported' }, ['position'], 'pending', day('2024-05-02')),
      withdrawn(gone.recommendationId, day('2024-05-03')),
    );
  });
  afterAll(() => portal.stop());

  it('is counted by State under review, cycle and position', async () => {
    const { body } = await get('CIV');
    expect(body).toMatchObject({
      state: 'CIV',
      total: 3,
      byState: [
        { state: 'SVN', total: 2, positions: { supported: 2 } },
        { state: 'FRA', total: 1, positions: { noted: 1 } },
      ],
      byCycle: [
        { cycle: 2, total: 2 },
        { cycle: 3, total: 1 },
      ],
      changed: [],
      pages: 1,
    });
    expect(body.recommendations.map((one: { paragraph: string }) => one.paragraph)).toEqual([
      '7.1',
      '1.2',
      '1.10',
    ]);
  });

  it.each(['civ', "Côte d'Ivoire", 'Cote d’Ivoire', 'كوت ديفوار', 'Ivory Coast'])(
    'knows the State as %s',
    async (name) => {
      expect((await get(encodeURIComponent(name))).body.state).toBe('CIV');
    },
  );

  it('suggests where a name is none', async () => {
    const { status, body } = await get('Swedden');
    expect(status).toBe(404);
    expect(body.suggestions[0]).toMatchObject({ code: 'SWE' });
  });

  it('says what has changed since a date, also what was withdrawn', async () => {
    const { body } = await get('CIV?since=2024-05-01');
    expect(body.changed).toMatchObject([
      { what: 'withdrawn', at: '2024-05-03T10:00:00.000Z', recommendation: { paragraph: '1.3' } },
      {
        what: 'revised',
        fields: ['position'],
        previousPosition: 'pending',
        recommendation: { position: 'supported' },
      },
    ]);
    expect((await get('CIV?since=2024-05-04')).body.changed).toEqual([]);
    expect((await get('CIV?since=2024-01-01')).body.changed).toHaveLength(4);
    expect((await get('CIV?since=yesterday')).status).toBe(400);
  });

  it('comes as a workbook, text as text', async () => {
    const response = await fetch(`${portal.url}/api/portal/v1/from/CIV.xlsx?since=2024-05-01&lang=fr`);
    expect(response.headers.get('content-disposition')).toContain('recommendations-from-CIV.xlsx');
    const table = await openXlsx({ bytes: Buffer.from(await response.arrayBuffer()) });
    const cells: string[][] = [];
    for await (const row of table.sheets[0]!.rows()) cells.push(row.cells);
    table.close();
    expect(cells[0]![0]).toBe('État examiné');
    expect(cells.slice(1).map((row) => [row[4], row[11], row[13]])).toEqual(
      [
        ['7.1', '', ''],
        ['1.2', 'revised', 'pending'],
        ['1.10', '', ''],
        ['1.3', 'withdrawn', ''],
      ].map((row) => expect.arrayContaining(row.filter((cell) => cell !== ''))),
    );
    expect(cells[3]![5]).toBe('=cmd|calc');
    expect(cells[1]![0]).toBe('France');
  });
});
