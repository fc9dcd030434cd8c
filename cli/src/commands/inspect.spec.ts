import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { csvText, docxFile, xlsxFile } from '@followthrough/imports/fixtures';
import { sharedData } from '@followthrough/testing';
import { run } from '../testing/run';

const ROOT = resolve(__dirname, '../../..');
const PROGRAM = join(ROOT, 'cli/bin/followthrough.js');
const EXPORT = [
  'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session'.split(','),
  ['Slovenia', 'EEG', 'EU', 'Plant a tree', 'Kenya', 'Africa', 'AU', 'Accepted', '5', 'Environment', '20'],
  ['Slovenia', 'EEG', 'EU', 'Water it', 'Lichtenstein', 'WEOG', '', 'Noted', '4', 'Environment', '20'],
  [
    'Slovenia',
    'EEG',
    'EU',
    'We plant ten',
    'Slovenia',
    'EEG',
    'EU',
    'Voluntary Pledge',
    '5',
    'Environment',
    '20',
  ],
  ['Slovenia', 'EEG', 'EU', 'Broken', 'Kenya', 'Africa', 'AU', 'Accepted', '5', 'Environment', 'soon'],
];

let folder: string;
beforeAll(() => {
  // Files are parsed in a thread, which runs built JavaScript.
  execFileSync(process.execPath, [join(ROOT, 'tools/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  writeFileSync(join(folder, 'export.csv'), csvText(EXPORT));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('ft inspect FILE --json', () => {
  it('says all of a file in the promised shape', async () => {
    const { status, out, err } = await run(['inspect', 'export.csv', '--json'], { folder });
    const bytes = Buffer.from(csvText(EXPORT));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      file: {
        name: 'export.csv',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      format: 'upr-info-csv',
      document: { stateUnderReview: 'SVN', cycle: 2, session: 20, symbol: null, date: null },
      counts: {
        recommendations: 2,
        pledges: 1,
        rejected: 1,
        byPosition: { supported: 1, noted: 1, partly: 0, pending: 0, unclear: 0 },
      },
      rejects: [{ at: { line: 5 }, reason: expect.stringContaining('session "soon"') }],
      openQuestions: [{ about: 'recommendingState', raw: 'Lichtenstein', rows: 1 }],
    });
  });

  it('counts a real matrix', async () => {
    const path = sharedData('upr/slovenia/cycle2/UPR20__Slovenia_ThematicListRecommendations_E.docx');
    if (!path) return;
    const { out } = await run(['inspect', path, '--json']);
    expect(JSON.parse(out).counts).toMatchObject({
      recommendations: 163,
      byPosition: { supported: 142, noted: 21 },
    });
  });
});

describe('ft inspect FILE --rows', () => {
  it('prints an object a line, and says what it left out', async () => {
    const { status, out, err } = await run(['inspect', 'export.csv', '--rows'], { folder });
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(rows).toMatchObject([
      {
        paragraph: '',
        text: 'Plant a tree',
        stateUnderReview: 'SVN',
        recommendingStates: ['KEN'],
        position: 'supported',
        kind: 'recommendation',
        actionCategory: 5,
        themes: ['Environment'],
        groups: [],
        sdgs: [],
        session: 20,
        at: { line: 2 },
      },
      { recommendingStates: [], unresolvedStates: ['Lichtenstein'] },
      { kind: 'pledge', position: null },
    ]);
    expect(err).toBe('1 rows were rejected; --json says which and why.\n');
  });

  it('keeps 140.10 a text', async () => {
    const rows = [
      ['Paragraph', 'State under review', 'Recommendation'],
      [{ fixed: 140.1 }, 'Kenya', 'Plant a tree'],
    ];
    writeFileSync(join(folder, 'list.xlsx'), xlsxFile({ sheets: [{ name: 'List', rows }] }));
    const { out } = await run(['inspect', 'list.xlsx', '--rows'], { folder });
    expect(JSON.parse(out)).toMatchObject({ paragraph: '140.10', at: { sheet: 'List', row: 2 } });
  });

  it('reads by a template file', async () => {
    const mapping = { columns: { text: 'Was' }, constants: { stateUnderReview: 'KEN' } };
    const template = { template: 'followthrough-mapping/1', id: 'x', name: 'X', mapping };
    writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
    writeFileSync(join(folder, 'german.csv'), 'Was;Wer\nPflanzt Bäume;Kenia\n');
    const { out } = await run(['inspect', 'german.csv', '--rows', '--template', 'template.json'], { folder });
    expect(JSON.parse(out)).toMatchObject({ text: 'Pflanzt Bäume', stateUnderReview: 'KEN' });
  });
});

describe('ft inspect FILE', () => {
  it('tells a person in words', async () => {
    const { out } = await run(['inspect', 'export.csv'], { folder });
    expect(out).toContain('Slovenia (SVN), cycle 2, session 20');
    expect(out).toContain('2 recommendations: 1 supported, 1 noted');
    expect(out).toContain('1 voluntary pledge\n');
    expect(out).toContain('line 5: ');
    expect(out).toContain('"Lichtenstein" in 1 row; perhaps Liechtenstein');
  });

  it.each([
    ['a missing file', ['inspect', 'nothing.csv'], /^There is no file .*nothing\.csv\. .*\.\n$/],
    ['a folder', ['inspect', 'sub'], /^.*sub is not a file\. Name one file\.\n$/],
    ['an empty file', ['inspect', 'empty.csv'], /^The file is empty\. .*\.\n$/],
    ['a letter', ['inspect', 'letter.docx'], /^The document has no table of recommendations\. .*\n$/],
    [
      'a table without texts',
      ['inspect', 'numbers.csv'],
      /^The file is a table, but no column .*--template\.\n$/,
    ],
    [
      'an unknown template',
      ['inspect', 'export.csv', '--template', 'nothing'],
      /^There is no mapping template "nothing"\. .*\n$/,
    ],
    [
      'a template that is none',
      ['inspect', 'export.csv', '--template', 'export.csv'],
      /^export\.csv is no mapping template: .*\n$/,
    ],
    ['no file', ['inspect'], /^Missing required argument 'FILE'\nTry --help\.\n$/],
    ['an unknown option', ['inspect', 'export.csv', '--jsno'], /^Unknown option '--jsno'\n/],
    ['an unknown command', ['inspct'], /^Unknown command 'inspct'\n/],
  ])('ends with 2 and a sentence for %s', async (_, args, sentence) => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'letter.docx'), docxFile({ blocks: ['Dear Sir or Madam'] }));
    writeFileSync(join(folder, 'numbers.csv'), 'Country,Year\nKenya,2020\n');
    const { status, out, err } = await run(args, { folder });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('teaches with --help', async () => {
    expect(await run(['--help'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('ft import FILE --dry-run'),
    });
    expect((await run(['inspect', '--help'])).out).toContain('Examples:');
  });
});

describe('the program', () => {
  const program = (args: string[], env: NodeJS.ProcessEnv = {}, cwd = folder) =>
    spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });

  it('runs from any folder, and through npm from where the person stands', () => {
    expect(program(['inspect', 'export.csv', '--json']).status).toBe(0);
    const through = program(['inspect', 'export.csv'], { npm_lifecycle_event: 'ft', INIT_CWD: folder }, ROOT);
    expect(through).toMatchObject({ status: 0, stderr: '' });
    const inside = program(['inspect', 'export.csv'], { npm_lifecycle_event: 'test', INIT_CWD: ROOT });
    expect(inside.status).toBe(0);
  });

  it('shows no stack trace', () => {
    const { status, stdout, stderr } = program(['inspect', 'nothing.csv']);
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      status: 2,
      stdout: '',
      lines: 1,
    });
  });

  it('ends quietly when nobody reads on', () => {
    const command = `"${process.execPath}" "${PROGRAM}" inspect many.csv --rows | head -n 1`;
    const rows = Array.from({ length: 3000 }, (_, i) =>
      EXPORT[1]!.map((cell) => (cell === 'Plant a tree' ? `Tree ${i}` : cell)),
    );
    writeFileSync(join(folder, 'many.csv'), csvText([EXPORT[0]!, ...rows]));
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ text: 'Tree 0' });
    expect(stderr).toBe('');
  });
});
