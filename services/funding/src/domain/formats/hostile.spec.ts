import { gzipSync } from 'node:zlib';
import { zipFile } from '@followthrough/imports/fixtures';
import { UnreadableFile } from '@followthrough/imports/files';
import { encode } from 'iconv-lite';
import { activities, activity } from './testing/iati';
import { buildFirst, readBytes } from './testing/read';

const ONE = activity('XX-1-1', [{ value: '10.5' }]);
const TWO = activity('XX-1-2', [{ value: '20' }]);
const THREE = activity('XX-1-3', [{ value: '30' }]);
const FILE = activities([ONE, TWO, THREE]);

beforeAll(buildFirst);

describe('a file that cannot be read', () => {
  const blanks = Buffer.alloc(100 * 1024 * 1024, 0x20);
  it.each<[string, Buffer | string, string]>([
    ['no IATI file', '<?xml version="1.0"?>\n\n<rss version="2.0"></rss>', 'root element (line 3) is rss'],
    ['no element', '<?xml version="1.0"?>\n<!-- nothing -->\n', 'no element'],
    [
      'entities',
      `<!DOCTYPE iati-activities [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${FILE}`,
      'declares XML entities (line 1)',
    ],
    [
      'an external entity',
      `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n${activities([activity('&f;')])}`,
      'declares XML entities (line 2)',
    ],
    ['an unknown encoding', FILE.replace(/^/, '<?xml version="1.0" encoding="x-klingon"?>'), 'x-klingon'],
    ['a zip bomb as .gz', gzipSync(Buffer.concat([Buffer.from('<iati-activities>'), blanks])), 'zip bombs'],
    ['a zip bomb', zipFile([{ name: 'a.xml', content: blanks }]), 'zip bomb'],
    ['a zip that lies', zipFile([{ name: 'a.xml', content: FILE, claimedBytes: 10 }]), 'damaged'],
    [
      'an archive without IATI',
      zipFile([
        { name: 'a.xml', content: '<a/>' },
        { name: 'b.xml', content: '<b/>' },
      ]),
      'no IATI file',
    ],
    ['a compressed letter', gzipSync('Dear Sir or Madam'), 'compressed file holds no XML'],
  ])('%s: one sentence of what is wrong, one of what to do', async (_, bytes, sentence) => {
    const error: unknown = await readBytes(bytes).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UnreadableFile);
    const { reason, cure, message } = error as UnreadableFile;
    expect(message).toContain(sentence);
    for (const text of [reason, cure]) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});

describe('an activity that is no XML', () => {
  it.each<[string, string, number]>([
    ['with tags that do not match', '<title><narrative>x</title></narrative>', 17],
    ['with an entity of nowhere', '<x>&nbsp;</x>', 6],
    ['with a quotation mark lost', '<x y="1>z</x>', 0],
    ['with a comment without end', '<!-- z', 0],
  ])('%s costs that activity', async (_, inside) => {
    const broken = activity('XX-1-2', [{ value: '20' }], { inside: `\n${inside}` });
    const read = await readBytes(activities([ONE, broken, THREE]));
    expect(read.identifiers).toEqual(['XX-1-1', 'XX-1-3']);
    expect(read.sums).toEqual({ 3: { EUR: '40.5' } });
    expect(read.counts).toMatchObject({ activities: 2, transactions: 2, unread: 1 });
    expect(read.findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ ruleId: 'xml' }]);
  });

  it('is told with line and column of the file, also in what libxml2 says', async () => {
    const broken = activity('XX-1-2').replace('</title>', '\n  </titel>');
    const { findings } = await readBytes(activities([ONE, broken, THREE]));
    expect(findings).toEqual([
      {
        ruleId: 'xml',
        severity: 'error',
        activity: 'XX-1-2',
        line: 4,
        column: expect.any(Number),
        message: 'Opening and ending tag mismatch: title line 3 and titel.',
      },
    ]);
  });

  it('may lack its end', async () => {
    const read = await readBytes(activities([ONE, TWO.replace('</iati-activity>', ''), THREE]));
    expect(read.identifiers).toEqual(['XX-1-1', 'XX-1-3']);
    expect(read.findings).toMatchObject([{ ruleId: 'xml', activity: 'XX-1-2', line: 4 }]);
  });
});

describe('a file that breaks off', () => {
  it('gives what came before, and says where', async () => {
    const cut = FILE.slice(0, FILE.indexOf('30</value>'));
    const read = await readBytes(cut);
    expect(read.counts).toMatchObject({ activities: 2, unread: 1 });
    expect(read.sums).toEqual({ 3: { EUR: '30.5' } });
    expect(read.findings).toMatchObject([
      {
        ruleId: 'xml',
        line: 4,
        column: cut.length - cut.lastIndexOf('\n'),
        message: expect.stringContaining('ends inside the element iati-activity that begins on line 4'),
      },
    ]);
  });

  it('between two activities as well', async () => {
    const read = await readBytes(FILE.slice(0, FILE.indexOf(THREE)));
    expect(read.counts).toMatchObject({ activities: 2, unread: 0 });
    expect(read.findings).toMatchObject([{ ruleId: 'xml', line: 4, column: 1 }]);
  });

  it('inside of a .gz as well', async () => {
    const many = activities(Array.from({ length: 400 }, (_, i) => activity(`XX-${i}-${Math.sin(i)}`)));
    const packed = gzipSync(many);
    const read = await readBytes(packed.subarray(0, packed.length - 600));
    expect(read.counts.activities).toBeGreaterThan(300);
    expect(read.counts.activities).toBeLessThan(400);
    expect(read.findings.map(({ ruleId }) => ruleId)).toEqual(['xml']);
  });

  it('anywhere, or with any bytes changed, is read or refused, never more', async () => {
    let state = 20_080_407;
    const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
    const surprises: unknown[] = [];
    const whole = [Buffer.from(FILE), gzipSync(FILE), zipFile([{ name: 'a.xml', content: FILE }])];
    for (let turn = 0; turn < 24; turn += 1) {
      const bytes = Buffer.from(whole[turn % 3]!);
      const at = next(bytes.length);
      if (turn % 2 === 0) bytes.fill(next(256), at, Math.min(bytes.length, at + next(60)));
      await readBytes(turn % 2 === 0 ? bytes : bytes.subarray(0, at)).catch((error: unknown) => {
        if (!(error instanceof UnreadableFile)) surprises.push(error);
      });
    }
    expect(surprises).toEqual([]);
  });
});

describe('a file that is written otherwise', () => {
  const accents = activities([activity('XX-é-1', [{ value: '1' }]), activity('XX-2', [{ value: 'één' }])]);
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n${accents}`;
  it.each<[string, Buffer]>([
    ['UTF-8 with its mark', Buffer.from(`\ufeff${declared('UTF-8')}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le')],
    ['UTF-16 without', Buffer.from(declared('UTF-16'), 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le').swap16()],
    ['Latin-1 as it says', encode(declared('ISO-8859-1'), 'latin1')],
    ['windows-1252 as it says', encode(declared('windows-1252'), 'windows-1252')],
  ])('%s means the same, and columns count characters', async (_, bytes) => {
    const read = await readBytes(bytes);
    expect(read.identifiers).toEqual(['XX-é-1', 'XX-2']);
    expect(read.sums).toEqual({ 3: { EUR: '1' } });
    const line = accents.split('\n')[2]!;
    expect(read.findings.filter(({ ruleId }) => ruleId === 'amount')).toMatchObject([
      {
        activity: 'XX-2',
        line: 4,
        column: line.indexOf('<value') + 1,
        message: expect.stringContaining('"één"'),
      },
    ]);
  });

  it('than it says, is read as far as it can be', async () => {
    const bytes = encode(activities([activity('XX-é-1', [{ value: '1' }]), TWO]), 'latin1');
    const read = await readBytes(bytes);
    expect(read.identifiers).toEqual(['XX-\ufffd-1', 'XX-1-2']);
    expect(read.sums).toEqual({ 3: { EUR: '21' } });
    const column =
      activities([activity('XX-é-1')])
        .split('\n')[1]!
        .indexOf('é') + 1;
    expect(read.findings).toMatchObject([
      { ruleId: 'xml', line: 2, column, message: expect.stringContaining('UTF-8') },
    ]);
    const wide = await readBytes(FILE.replace(/^/, '<?xml version="1.0" encoding="UTF-16"?>\n'));
    expect(wide.counts.activities).toBe(3);
    expect(wide.findings).toMatchObject([{ ruleId: 'file', severity: 'warning', line: 1 }]);
  });
});

describe('containers', () => {
  it('reads a .gz of several members', async () => {
    const middle = FILE.indexOf(TWO) + 40;
    const members = [gzipSync(FILE.slice(0, middle)), gzipSync(FILE.slice(middle))];
    const read = await readBytes(Buffer.concat(members));
    expect(read).toMatchObject({ findings: [], sums: { 3: { EUR: '60.5' } } });
  });

  it('reads all IATI files of a zip, names what it did not read, and says of which file a finding is', async () => {
    const wrong = activities([activity('XX-1-4', [{ value: 'x' }])], { version: '2.02' });
    const organisation = '<iati-organisations version="2.03"/>';
    const read = await readBytes(
      zipFile([
        { name: 'a/one.xml', content: FILE },
        { name: 'b.xml', content: wrong },
        { name: 'notes.txt', content: 'Dear Sir or Madam' },
        { name: 'o.xml', content: organisation },
      ]),
    );
    expect(read).toMatchObject({
      format: 'iati-activities',
      versions: ['2.03', '2.02'],
      counts: { activities: 4 },
    });
    expect(read.sums).toEqual({ 3: { EUR: '60.5' } });
    expect(read.findings.map(({ ruleId, file }) => [ruleId, file])).toEqual([
      ['schema', 'b.xml'],
      ['amount', 'b.xml'],
      ['file', 'notes.txt'],
      ['schema', 'o.xml'],
    ]);
  });
});

describe('a file of uncommon shape', () => {
  it('of one line has right columns', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) =>
      activity(`XX-ü-${i}`, [{ value: '1', currency: i === 1_234 ? 'ZZZ" wrong="1' : 'EUR' }]),
    );
    const line = activities(many, { between: '' });
    const read = await readBytes(line);
    expect(read.counts).toMatchObject({ activities: 2_000, invalid: 1 });
    const start = line.indexOf('<value', line.indexOf('>XX-ü-1234<'));
    expect(read.findings).toMatchObject([
      { ruleId: 'schema', activity: 'XX-ü-1234', line: 1, column: start + 1 },
    ]);
  });

  it('with an activity of many megabytes gives the others, and says which was too long', async () => {
    const long = activity('XX-1-2', [], { inside: `<x:y xmlns:x="z">${'word '.repeat(3_600_000)}</x:y>` });
    const read = await readBytes(activities([ONE, long, THREE]));
    expect(read.identifiers).toEqual(['XX-1-1', 'XX-1-3']);
    expect(read.findings).toMatchObject([
      { ruleId: 'xml', line: 3, column: 1, message: expect.stringContaining('longer than 16 MB') },
    ]);
  });

  it('with an activity that is too long to be judged reads it, if it is well-formed', async () => {
    const words = `<x:y xmlns:x="z">${'word '.repeat(1_800_000)}</x:y>`;
    const long = activity('XX-1-2', [{ value: '20' }], { inside: words });
    const broken = activity('XX-1-3', [{ value: '30' }], { inside: words.replace('</x:y>', '\n</x:z>') });
    const read = await readBytes(activities([ONE, long, broken]));
    expect(read.identifiers).toEqual(['XX-1-1', 'XX-1-2']);
    expect(read.sums).toEqual({ 3: { EUR: '30.5' } });
    expect(read.findings).toMatchObject([
      {
        ruleId: 'file',
        severity: 'warning',
        activity: 'XX-1-2',
        line: 3,
        message: expect.stringContaining('8 MB'),
      },
      { ruleId: 'xml', severity: 'error', activity: 'XX-1-3', line: 5 },
    ]);
  });

  it('with thousands of errors in one activity counts them', async () => {
    const inside = '<transaction wrong="1"/>'.repeat(20_000);
    const read = await readBytes(activities([activity('XX-1-1', [], { inside })]));
    expect(read.counts).toMatchObject({ activities: 1, transactions: 20_000 });
    const schema = read.findings.filter(({ ruleId }) => ruleId === 'schema');
    expect(schema.at(-1)!.message).toBe('There are 39500 more errors of this kind in the same place.');
  });

  it('with comments, sections and instructions that hold what looks like tags', async () => {
    const inside = '<!-- </iati-activity> <iati-activity> --><?p </iati-activity> ?>';
    const section = activity('XX-1-2', [{ value: '<![CDATA[7]]>' }], { inside });
    const read = await readBytes(activities([ONE, '<!-- <iati-activity> -->', section]));
    expect(read).toMatchObject({ findings: [], sums: { 3: { EUR: '17.5' } }, counts: { activities: 2 } });
  });

  it('of two files put one behind the other', async () => {
    const read = await readBytes(`${activities([ONE])}\n${activities([TWO])}`);
    expect(read.identifiers).toEqual(['XX-1-1', 'XX-1-2']);
    expect(read.findings).toMatchObject([{ ruleId: 'xml', line: 4, column: 1 }]);
  });

  it('does not make us look at the same bytes again and again', async () => {
    const unclosed = '<iati-activity><!-- '.repeat(30_000);
    const read = await readBytes(`<iati-activities version="2.03">${unclosed}${'x'.repeat(20_000_000)}`);
    expect(read.counts).toMatchObject({ activities: 0, unread: 30_000 });
  }, 60_000);
});
