import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipFile } from '@followthrough/imports/fixtures';
import { sharedData } from '@followthrough/testing';
import { run } from '../testing/run';

const FILE = `<?xml version="1.0"?>
<iati-activities version="1.04">
<iati-activity default-currency="GBP"><iati-identifier>XX-1</iati-identifier><transaction><transaction-type code="D"/>
  <value value-date="2011-01-01">1234567.50</value></transaction><transaction><value value-date="soon">x</value></transaction>
</iati-activity></iati-activities>`;

let folder: string;
beforeAll(() => {
  // Files are parsed in a thread, which runs built JavaScript.
  execFileSync(process.execPath, [resolve(__dirname, '../../../tools/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'inspect-donor-'));
  writeFileSync(join(folder, 'old.xml'), FILE);
  writeFileSync(join(folder, 'old.xml.gz'), gzipSync(FILE));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('ft inspect of a donor file', () => {
  it.each(['old.xml', 'old.xml.gz'])('%s --json says all in the promised shape', async (name) => {
    const { status, out, err } = await run(['inspect', name, '--json'], { folder });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      file: { name },
      format: 'iati-activities',
      versions: ['1.04'],
      counts: {
        activities: 1,
        organisations: 0,
        transactions: 2,
        byTransactionType: { D: 1, '': 1 },
        invalid: 1,
        unread: 0,
        findings: 3,
      },
      sums: { D: { GBP: '1234567.5' } },
      encoding: 'utf-8',
      template: null,
    });
  });

  it('--findings prints an object a line', async () => {
    const { status, out } = await run(['inspect', 'old.xml', '--findings'], { folder });
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const place = {
      activity: 'XX-1',
      severity: 'error',
      line: 4,
      column: FILE.split('\n')[3]!.lastIndexOf('<value') + 1,
    };
    expect(status).toBe(0);
    expect(findings).toEqual([
      { ...place, ruleId: 'schema', message: expect.stringContaining("'soon' is not a valid value") },
      { ...place, ruleId: 'schema', message: expect.stringContaining("'x' is not a valid value") },
      { ...place, ruleId: 'amount', message: expect.stringContaining('in no sum') },
    ]);
  });

  it('--rows prints an activity a line', async () => {
    const { out, err } = await run(['inspect', 'old.xml', '--rows'], { folder });
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'activity',
      identifier: 'XX-1',
      line: 3,
      column: 1,
      transactions: [
        { type: 'D', currency: 'GBP', value: '1234567.5' },
        { type: '', currency: 'GBP', value: null },
      ],
    });
    expect(err).toBe('3 findings; --findings lists them.\n');
  });

  it('tells a person in words', async () => {
    const { out } = await run(['inspect', 'old.xml'], { folder });
    expect(out).toContain('IATI activities, version 1.04, utf-8');
    expect(out).toContain('1 activity\n  2 transactions\n');
    expect(out).toMatch(/D Disbursement +1 +GBP +1,234,567\.5\n/);
    expect(out).toMatch(/\(no type named\) +1\n/);
    expect(out).toContain('3 findings:\n    line 4, column');
  });

  it('takes an AMP template by its name', async () => {
    writeFileSync(join(folder, 'totals.csv'), 'project_id,total_commitments,total_disbursements\n1,5.5,0\n');
    const { out } = await run(['inspect', 'totals.csv', '--json', '--template', 'amp-release-projects'], {
      folder,
    });
    expect(JSON.parse(out)).toMatchObject({
      format: 'amp-csv',
      template: 'amp-release-projects',
      sums: { C: { USD: '5.5' } },
    });
  });

  it.each([
    [
      'XML of another kind',
      'feed.xml',
      '<rss/>',
      /^The file is XML, but no IATI file: .*\(line 1\) is rss\. .*\.\n$/,
    ],
    [
      'an archive of other files',
      'list.zip',
      zipFile([{ name: 'a.csv', content: 'a,b' }]),
      /^The file is a zip archive\. .*\n$/,
    ],
    ['--findings of a list', 'list.csv', 'State,Recommendation\n', /^--findings is for donor files.*\n$/],
  ])('ends with 2 and a sentence for %s', async (_, name, content, sentence) => {
    writeFileSync(join(folder, name), content);
    const option = name === 'list.csv' ? '--findings' : '--json';
    const { status, out, err } = await run(['inspect', name, option], { folder });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('counts a real file', async () => {
    const path = sharedData('iati/xml/publishers/UNHCR-Activities-2023.xml');
    if (!path) return;
    const { out } = await run(['inspect', path, '--json']);
    expect(JSON.parse(out).counts).toMatchObject({ activities: 134, transactions: 2_678, findings: 0 });
  });
});
