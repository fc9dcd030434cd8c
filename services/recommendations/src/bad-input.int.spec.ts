import { parse } from 'csv-parse/sync';
import { tableFile, uprInfoFile } from './testing/csv-files';
import { RecommendationsWorld, tokenOf } from './testing/recommendations-world';

const LIMIT = 64 * 1024;
const token = tokenOf('administrator', '*');

describe('what people send by mistake or worse', () => {
  let world: RecommendationsWorld;
  beforeAll(async () => {
    world = await RecommendationsWorld.open(LIMIT);
  });
  afterAll(() => world.close());

  it('refuses a file that is too large, told beforehand or not, and keeps nothing of it', async () => {
    const bytes = Buffer.alloc(LIMIT + 1, 'x');
    const told = await world.request('POST', '/uploads?name=big.csv', { token, bytes });
    expect(told.status).toBe(413);
    expect(await told.json()).toMatchObject({
      type: 'urn:followthrough:problem:upload-too-large',
      limitBytes: LIMIT,
    });
    const url = told.url;
    const untold = await fetch(url, {
      method: 'POST',
      duplex: 'half',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: new ReadableStream({
        start(controller) {
          for (let sent = 0; sent <= LIMIT; sent += 8192) controller.enqueue(new Uint8Array(8192));
          controller.close();
        },
      }),
    });
    expect(untold.status).toBe(413);
    expect(await world.database.query('select 1 from upload')).toEqual([]);
  });

  it('takes bytes only as bytes', async () => {
    expect((await world.request('POST', '/uploads?name=x', { token, body: {} })).status).toBe(415);
    expect((await world.request('POST', '/uploads', { token, bytes: Buffer.from('x') })).status).toBe(400);
  });

  it.each<[string, Buffer]>([
    ['empty.csv', Buffer.alloc(0)],
    ['program.csv', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2000)])],
    ['broken.docx', Buffer.from('PK\u0003\u0004 this is no zip at all')],
    ['notes.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n')],
  ])('says what is wrong with %s', async (name, bytes) => {
    const read = await world.read({ name, bytes });
    expect(read).toMatchObject({
      state: 'failed',
      error: { reason: expect.stringMatching(/\w/), cure: expect.stringMatching(/\w/) },
    });
    expect(
      (await world.request('POST', `/imports/${read.id}/apply`, { token, body: { announce: true } })).status,
    ).toBe(409);
  });

  it('keeps all other rows where some are damaged, and gives those back with reasons', async () => {
    const read = await world.read(
      uprInfoFile([
        { text: 'One' },
        { text: 'Two', response: '=cmd|calc' },
        { text: '', to: '@SUM(A1)' },
        { text: 'Four', session: 99 },
        { text: 'Five' },
      ]),
    );
    expect(read).toMatchObject({
      state: 'ready',
      counts: { rejected: read.preview.rejected },
      preview: { new: 5 - read.preview.rejected },
    });
    expect(read.preview.rejected).toBeGreaterThanOrEqual(2);
    const { rejects } = await world.json('GET', `/imports/${read.id}/rejects`);
    expect(rejects[0]).toMatchObject({
      at: { line: 3 },
      reason: expect.any(String),
      cure: expect.any(String),
    });
    const csv = await (await world.request('GET', `/imports/${read.id}/rejects.csv`, { token })).text();
    expect(csv.split('\r\n')[0]).toContain('Where,What is wrong,What to do,To,To-Rgrp,To-Org,Text,From');
    expect(csv).toContain("'=cmd|calc");
    expect(csv).toContain("'@SUM(A1)");
    const cells: string[][] = parse(csv, { bom: true });
    expect(cells.flat().filter((cell) => /^[=@+]/.test(cell))).toEqual([]);
  });

  it('waits for a person where columns cannot be guessed, and reads on by their mapping, which can be saved', async () => {
    const file = tableFile(
      ['Wer', 'Was', 'Nr'],
      [
        ['Slovenia', 'Do it.', '140.1'],
        ['Slovenia', 'Do it too.', '140.2'],
      ],
    );
    const waiting = await world.read(file);
    expect(waiting.state).toBe('needs-mapping');
    expect(waiting.columns.map((column: any) => column.name)).toEqual(['Wer', 'Was', 'Nr']);
    const mapping = {
      columns: { stateUnderReview: 'Wer', text: 'Was', paragraph: 'Nr' },
      constants: { symbol: 'A/HRC/59/15', mechanism: 'UPR' },
    };
    await world.json('PUT', `/imports/${waiting.id}/mapping`, { body: { mapping } });
    await world.work();
    const read = await world.json('GET', `/imports/${waiting.id}`);
    expect(read).toMatchObject({ state: 'ready', preview: { new: 2 } });

    const template = await world.json('POST', '/mapping-templates', { body: { name: 'Ours', mapping } });
    const again = await world.read(file, { template: template.id });
    expect(again).toMatchObject({ state: 'ready', preview: { new: 2 } });
    const { templates } = await world.json('GET', '/mapping-templates');
    expect(templates.map((one: any) => one.id)).toEqual(expect.arrayContaining(['uhri', template.id]));
    await world.json('DELETE', `/mapping-templates/${template.id}`);
    expect((await world.request('DELETE', '/mapping-templates/uhri', { token })).status).toBe(409);
  });

  it('is told of ids that are none', async () => {
    for (const path of ['/imports/no-id', '/recommendations/no-id', '/mapping-templates/no-id']) {
      expect((await world.request('GET', path, { token })).status).toBe(404);
    }
  });
});
