import { tableFile } from './testing/csv-files';
import { RecommendationsWorld, tokenOf } from './testing/recommendations-world';

const headings = [
  'State under review',
  'Mechanism',
  'Cycle',
  'Session',
  'Document symbol',
  'Paragraph',
  'Recommendation',
  'Recommending States',
  'Position',
  'Themes',
  'SDGs',
  'Lead institution',
  'Supporting institutions',
  'Deadline',
  'Status',
  'Note',
];
const bodies = ['CEDAW', 'CRC', 'CERD', 'CAT'];

/** Nine hundred rows as a coordinator keeps them: UPR and treaty bodies, some of them assigned. */
const mixed = tableFile(
  headings,
  Array.from({ length: 900 }, (_, index) => {
    const body = index % 3 === 0 ? bodies[index % 4]! : 'UPR';
    const upr = body === 'UPR';
    const no = Math.floor(index / 3);
    return [
      'Slovenia',
      body,
      upr ? '4' : '',
      upr ? '48' : '',
      upr ? 'A/HRC/59/15' : `${body}/C/SVN/CO/${(index % 7) + 2}`,
      upr ? `140.${index + 1}` : `${no + 5}`,
      `${index % 5 === 0 ? '=SUM(A1) is no formula: ' : ''}Ensure that step ${index + 1} is taken, "fully" and in time.`,
      upr ? ['Portugal; Peru', 'Türkiye', 'Côte d’Ivoire; Lao PDR'][index % 3]! : '',
      upr ? ['Supported', 'Noted', 'Partly accepted'][index % 3]! : '',
      ['Right to education', 'A theme of our own, with a comma'][index % 2]!,
      index % 4 === 0 ? '5; 16.2' : '',
      index % 2 === 0 ? 'Ministry of Justice' : '',
      index % 6 === 0 ? 'Ministry of Health; Prison Service' : '',
      index % 2 === 0 ? '2027-06-30' : '',
      index % 2 === 0 ? 'in progress' : '',
      index % 10 === 0 ? '-see minutes\nof June' : '',
    ];
  }),
  'coordinator.csv',
);

describe('our own export', () => {
  let world: RecommendationsWorld;
  beforeAll(async () => {
    world = await RecommendationsWorld.open();
    const read = await world.read(mixed);
    expect(read).toMatchObject({ state: 'ready', counts: { recommendations: 900, rejected: 0 } });
    await world.apply(read.id);
    await world.published();
  });
  afterAll(() => world.close());

  const exported = async (format: string, token = tokenOf('administrator', '*')) =>
    Buffer.from(await (await world.request('GET', `/export?format=${format}`, { token })).arrayBuffer());

  it.each(['csv', 'xlsx'])('changes nothing when it is imported again, as %s', async (format) => {
    const read = await world.read({ name: `recommendations.${format}`, bytes: await exported(format) });
    expect(read).toMatchObject({ state: 'ready', template: 'followthrough-export' });
    expect(read.preview).toMatchObject({ new: 0, changed: 0, unchanged: 900, rejected: 0, openQuestions: 0 });
    const applied = await world.apply(read.id);
    expect(applied.result).toMatchObject({ recorded: 0, revised: 0, withdrawn: 0 });
    expect(await world.published()).toEqual([]);
  });

  it('brings in what was edited in it and nothing else', async () => {
    const text = (await exported('csv')).toString();
    const edited = text.replace('in progress', 'done').replace('Partly accepted', 'Noted');
    const read = await world.read({ name: 'edited.csv', bytes: Buffer.from(edited) });
    expect(read.preview).toMatchObject({ new: 0, changed: 1, unchanged: 899 });
    await world.apply(read.id);
    const done = await world.json('GET', '/recommendations?status=done');
    expect(done.total).toBe(1);
    await world.undo(read.id);
    expect((await world.json('GET', '/recommendations?status=done')).total).toBe(0);
    expect((await world.json('GET', '/recommendations')).total).toBe(900);
  });

  it('is safe to open: no cell begins a formula', async () => {
    const text = (await exported('csv')).toString();
    expect(text).toContain("'=SUM(A1)");
    expect(text).toContain("'-see minutes");
    expect(text).not.toMatch(/(^|[,\n"])=SUM/);
  });

  it('has internal columns only for those who may see them, and their values only of their States', async () => {
    const publicly = Buffer.from(
      await (await world.request('GET', '/export?format=csv')).arrayBuffer(),
    ).toString();
    expect(publicly).not.toMatch(/Lead institution|Ministry of Justice|see minutes/);
    const stranger = (await exported('csv', tokenOf('observer', 'HRV'))).toString();
    expect(stranger).toContain('Lead institution');
    expect(stranger).not.toMatch(/Ministry of Justice|see minutes/);
    expect((await exported('csv', tokenOf('observer', 'SVN'))).toString()).toContain('Ministry of Justice');
    const json = JSON.parse((await exported('json', tokenOf('contributor', 'SVN'))).toString());
    expect(json).toHaveLength(900);
    expect(JSON.stringify(json)).not.toContain('Ministry of Justice');
  });

  it('holds what the filter finds', async () => {
    const response = await world.request('GET', '/export?format=json&mechanism=CEDAW&theme=education');
    const rows: any[] = JSON.parse(await response.text());
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.mechanism === 'CEDAW' && row.themes.includes('education'))).toBe(true);
    expect((await world.request('GET', '/export?positon=noted')).status).toBe(400);
  });
});
