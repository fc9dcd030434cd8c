import { tableFile, uprInfoFile } from './testing/csv-files';
import { RecommendationsWorld } from './testing/recommendations-world';

const paragraphs = (...rows: [paragraph: string, position: string, lead?: string][]) =>
  tableFile(
    [
      'State under review',
      'Cycle',
      'Document symbol',
      'Paragraph',
      'Text',
      'Recommending States',
      'Position',
      'Lead institution',
    ],
    rows.map(([paragraph, position, lead = '']) => [
      'Slovenia',
      '4',
      'A/HRC/59/15',
      paragraph,
      `Do what paragraph ${paragraph} says.`,
      'Portugal; Peru',
      position,
      lead,
    ]),
  );

describe('what is held, through imports, edits and undo', () => {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await RecommendationsWorld.open();
  });
  afterEach(() => world.close());

  const list = async (query = '') => (await world.json('GET', `/recommendations?${query}`)).recommendations;

  it('records, revises by a newer edition, and goes back by undo', async () => {
    const first = await world.read(paragraphs(['140.1', 'Supported'], ['140.2', 'Noted']));
    await world.apply(first.id);
    const second = await world.read(
      paragraphs(['140.1', 'Noted'], ['140.2', 'Noted'], ['140.3', 'Supported']),
    );
    expect(second.preview).toMatchObject({ new: 1, changed: 1, unchanged: 1 });
    const changed = await world.json('GET', `/imports/${second.id}/rows?kind=changed`);
    expect(changed).toMatchObject({
      total: 1,
      rows: [{ paragraph: '140.1', before: { position: 'supported' } }],
    });
    await world.published();

    const applied = await world.apply(second.id);
    expect(applied.result).toMatchObject({ recorded: 1, revised: 1, unchanged: 1 });
    const events = await world.published();
    expect(events.map((event) => event.type).sort()).toEqual([
      'ImportApplied',
      'RecommendationRecorded',
      'RecommendationRevised',
    ]);
    expect(events.find((event) => event.type === 'RecommendationRevised')).toMatchObject({
      version: 2,
      stateUnderReview: 'SVN',
      data: {
        changedFields: ['position'],
        previousPosition: 'supported',
        recommendation: { position: 'noted' },
      },
    });

    await world.undo(second.id);
    expect((await world.published()).map((event) => event.type).sort()).toEqual([
      'ImportUndone',
      'RecommendationRevised',
      'RecommendationWithdrawn',
    ]);
    expect((await list()).map((row: any) => [row.paragraph, row.position])).toEqual([
      ['140.1', 'supported'],
      ['140.2', 'noted'],
    ]);
  });

  it('keeps the id of what comes back after it was withdrawn', async () => {
    const first = await world.read(paragraphs(['140.1', 'Supported']));
    await world.apply(first.id);
    const [before] = await list();
    await world.undo(first.id);
    expect(await list()).toEqual([]);
    expect(await world.json('GET', `/recommendations/${before.id}`)).toMatchObject({
      withdrawnAt: expect.any(String),
    });
    const again = await world.read(paragraphs(['140.1', 'Supported']));
    await world.apply(again.id);
    const [after] = await list();
    expect(after.id).toBe(before.id);
    expect((await world.published()).map((event) => [event.type, event.version])).toContainEqual([
      'RecommendationRecorded',
      3,
    ]);
  });

  it('keeps a second import of the same file when the first is undone', async () => {
    const first = await world.read(paragraphs(['140.1', 'Supported']));
    await world.apply(first.id);
    const second = await world.read(paragraphs(['140.1', 'Supported']));
    await world.apply(second.id);
    await world.published();
    await world.undo(first.id);
    expect(await world.published()).toEqual([]);
    expect(await list()).toHaveLength(1);
  });

  it('lets a decision stand against re-import and undo, and takes it back', async () => {
    const first = await world.read(paragraphs(['140.1', 'Noted']));
    await world.apply(first.id);
    const [{ id }] = await list();
    await world.published();
    await world.json('PATCH', `/recommendations/${id}`, {
      body: { set: { position: 'partly', leadInstitution: 'Ministry of Justice' } },
    });
    const [decided] = await world.published();
    expect(decided).toMatchObject({
      type: 'RecommendationRevised',
      data: { changedFields: ['position'], announce: true },
    });
    expect(JSON.stringify(decided)).not.toContain('Ministry');

    const second = await world.read(paragraphs(['140.1', 'Supported', 'Ministry of Health']));
    expect(second.preview).toMatchObject({ unchanged: 1 });
    await world.apply(second.id);
    expect((await list())[0]).toMatchObject({
      position: 'partly',
      internal: { leadInstitution: 'Ministry of Justice' },
    });
    await world.undo(second.id);
    expect((await list())[0]).toMatchObject({ position: 'partly' });
    expect(await world.published()).toEqual([]);

    const after = await world.json('PATCH', `/recommendations/${id}`, { body: { set: { position: null } } });
    expect(after.position).toBe('noted');
    expect(after.provenance.fields.leadInstitution).toBe('decision');
  });

  it('joins rows of several States under one paragraph, once, wherever they stand in the file', async () => {
    const far = Array.from({ length: 1200 }, (_, index): [string, string] => [`200.${index + 1}`, 'Noted']);
    const file = paragraphs(['140.1', 'Supported'], ...far);
    const more = tableFile(
      [
        'State under review',
        'Cycle',
        'Document symbol',
        'Paragraph',
        'Text',
        'Recommending States',
        'Position',
      ],
      [['Slovenia', '4', 'A/HRC/59/15', '140.1', 'Do it soon.', 'Chile', 'Supported']],
    );
    const body = more.bytes.toString().split('\r\n')[1]!;
    const read = await world.read({
      name: 'long.csv',
      bytes: Buffer.concat([file.bytes, Buffer.from(`${body.replace(/$/, ',""')}\r\n`)]),
    });
    await world.apply(read.id);
    const events = (await world.published()).filter(
      (event) => event.data.recommendation?.paragraph === '140.1',
    );
    expect(events).toHaveLength(1);
    expect(events[0]!.data.recommendation).toMatchObject({ recommendingStates: ['PRT', 'PER', 'CHL'] });
    const again = await world.read({ name: 'x.csv', bytes: file.bytes });
    await world.undo(read.id);
    expect(
      (await world.published()).filter((event) => event.type === 'RecommendationWithdrawn'),
    ).toHaveLength(1201);
    expect(again.state).toBe('ready');
  });

  it('says where each value is from, down to the row', async () => {
    const read = await world.read(paragraphs(['140.1', 'Supported', 'Ministry of Health']));
    await world.apply(read.id);
    const [{ id }] = await list();
    const signedIn = await world.json('GET', `/recommendations/${id}`);
    const [source] = signedIn.provenance.sources;
    expect(signedIn.provenance.fields.position).toEqual([source.id]);
    expect(source).toMatchObject({
      family: 'spreadsheet',
      raw: { Paragraph: '140.1' },
      rows: [{ importId: read.id, at: { line: 2 } }],
    });
    const stranger = await (await world.request('GET', `/recommendations/${id}`)).json();
    expect(JSON.stringify(stranger)).not.toContain('Ministry of Health');
    expect(JSON.stringify(stranger)).not.toContain('list.csv');
  });

  it('shows the rows that another source of lower rank leaves as they are', async () => {
    const rows = uprInfoFile([{ text: 'One' }, { text: 'Two', response: 'Noted' }]);
    const first = await world.read(rows);
    await world.apply(first.id);
    const changed = await world.read(
      uprInfoFile([
        { text: 'One', response: 'Noted' },
        { text: 'Two', response: 'Noted' },
        { text: 'Two', response: 'Noted' },
      ]),
    );
    expect(changed.preview).toMatchObject({ new: 1, changed: 1, unchanged: 1 });
  });
});
