import { activities, activity } from './testing/iati';
import { buildFirst, readBytes } from './testing/read';

beforeAll(buildFirst);

describe('an IATI file', () => {
  it('is counted and summed by type and currency, as written', async () => {
    const paid = activity('XX-1-1', [
      { type: '3', value: '0.10' },
      { type: '3', value: '0.2', currency: ' USD ' },
      { type: ' 3 ', value: '0.2' },
      { type: 'D', value: '-5' },
      { type: '2', value: '100000000000000000.01' },
      { type: '2', value: '0.02' },
    ]);
    const homeless = activity('XX-1-2', [{ type: '1', value: '7' }], { attributes: '' });
    const { counts, sums, format, versions } = await readBytes(activities([paid, homeless]));
    expect({ format, versions }).toEqual({ format: 'iati-activities', versions: ['2.03'] });
    expect(counts).toMatchObject({
      activities: 2,
      transactions: 7,
      byTransactionType: { 1: 1, 2: 2, 3: 3, D: 1 },
    });
    expect(sums).toEqual({
      1: { '': '7' },
      2: { EUR: '100000000000000000.03' },
      3: { EUR: '0.3', USD: '0.2' },
      D: { EUR: '-5' },
    });
  });

  it('counts what it cannot sum, and says so with the place', async () => {
    const bad = activity('XX-1-1', [{ value: 'about ten' }, { value: '' }, { value: '1,500.50' }]);
    const none = activity('XX-1-2', [], {
      inside: '\n<transaction><transaction-type code="3"/></transaction>',
    });
    const { counts, sums, findings } = await readBytes(activities([bad, none]));
    expect(counts.transactions).toBe(4);
    expect(sums).toEqual({ 3: { EUR: '1500.5' } });
    const column = (text: string) => bad.indexOf(text) + 1;
    expect(findings.filter(({ ruleId }) => ruleId === 'amount')).toMatchObject([
      {
        severity: 'error',
        line: 2,
        column: bad.indexOf('<value') + 1,
        message: expect.stringContaining('"about ten"'),
      },
      { severity: 'error', line: 2, message: expect.stringContaining('empty') },
      {
        severity: 'warning',
        line: 2,
        column: column('<value value-date="2021-05-01">1,500'),
        message: expect.stringContaining('1500.5'),
      },
      {
        severity: 'error',
        line: 4,
        column: 1,
        activity: 'XX-1-2',
        message: expect.stringContaining('no value'),
      },
    ]);
  });

  it('is judged activity by activity, in the words of libxml2', async () => {
    const wrong = activity('XX-1-1', [], { inside: '\n  <budget/>' });
    const { counts, findings } = await readBytes(activities([wrong, activity('XX-1-2')]));
    expect(counts).toMatchObject({ activities: 2, invalid: 1 });
    expect(findings).toEqual([
      {
        ruleId: 'schema',
        severity: 'error',
        activity: 'XX-1-1',
        line: 3,
        column: 3,
        message: "Element 'budget': Missing child element(s). Expected is ( period-start ).",
      },
    ]);
  });

  it('is judged by its own version', async () => {
    const tagged = [activity('XX-1-1', [], { inside: '<tag code="1" vocabulary="1"/>' })];
    for (const [version, errors] of [
      ['2.02', 1],
      ['2.03', 0],
    ] as const) {
      const { findings } = await readBytes(activities(tagged, { version }));
      expect(findings.filter(({ ruleId }) => ruleId === 'schema')).toHaveLength(errors);
    }
  });

  it('that names no version, or one that there is not, is judged all the same', async () => {
    const file = activities([activity('XX-1-1', [{ value: '1' }])]);
    const unknown = await readBytes(file.replace('2.03', '9.9'));
    expect(unknown.findings).toMatchObject([
      {
        ruleId: 'version',
        severity: 'warning',
        line: 1,
        column: 1,
        message: expect.stringContaining('"9.9"'),
      },
    ]);
    const none = await readBytes(file.replace(' version="2.03"', ''));
    expect(none.findings.map(({ ruleId }) => ruleId)).toEqual(['version', 'schema']);
    expect(none.sums).toEqual({ 3: { EUR: '1' } });
  });

  it('may hold extensions, but nothing else beside its activities', async () => {
    const one = activity('XX-1-1', [], { inside: '<x:note xmlns:x="urn:x">note</x:note>' });
    const extended = await readBytes(activities([one, '<x:list xmlns:x="urn:x"><a/></x:list>']));
    expect(extended.findings).toEqual([]);
    const stray = await readBytes(activities([one, '  <stray/>', activity('XX-1-2')]));
    expect(stray.counts.activities).toBe(2);
    expect(stray.findings).toMatchObject([
      {
        ruleId: 'schema',
        activity: '',
        line: 3,
        column: 3,
        message: expect.stringContaining("Element 'stray': This element is not expected."),
      },
    ]);
    const texts = await readBytes(activities([one, 'stray']));
    expect(texts.findings).toMatchObject([
      { ruleId: 'schema', message: expect.stringContaining('Character content') },
    ]);
  });

  it('may declare prefixes in its root', async () => {
    const inside = '<n:note n:kind="x">note</n:note>';
    const file = activities([activity('XX-1-1', [], { inside })]);
    expect((await readBytes(file.replace(' version', ' xmlns:n="urn:n" version'))).findings).toEqual([]);
  });

  it('in a namespace is counted, and judged as libxml2 judges the whole of it', async () => {
    const file = activities([activity('XX-1-1', [{ value: '1' }])]).replace(
      ' version',
      ' xmlns="urn:n" version',
    );
    const { counts, findings } = await readBytes(file);
    expect(counts).toMatchObject({ activities: 1, transactions: 1 });
    expect(findings).toMatchObject([
      { ruleId: 'schema', line: 1, message: expect.stringContaining('No matching global declaration') },
    ]);
  });

  it('of 1.0x is read for its activities and sums', async () => {
    const old =
      '<iati-activity default-currency="GBP"><iati-identifier>XX-1</iati-identifier>' +
      '<transaction><value value-date="2011-01-01">12.50</value><transaction-type code="D">Disbursement</transaction-type>' +
      '</transaction><transaction><value value-date="2011-01-01">3</value></transaction></iati-activity>';
    const { counts, sums, findings } = await readBytes(activities([old], { version: '1.04' }));
    expect(findings).toEqual([]);
    expect(counts.byTransactionType).toEqual({ D: 1, '': 1 });
    expect(sums).toEqual({ D: { GBP: '12.5' }, '': { GBP: '3' } });
  });

  it('may be a single activity', async () => {
    const { counts, findings } = await readBytes(activity('XX-1-1', [{ value: '1' }]));
    expect(counts).toMatchObject({ activities: 1, transactions: 1, invalid: 0 });
    expect(findings).toMatchObject([{ ruleId: 'version' }]);
  });
});

describe('an organisation file', () => {
  it('is counted by its organisations and judged', async () => {
    const organisation = (id: string, inside = '') =>
      `<iati-organisation><organisation-identifier>${id}</organisation-identifier><name><narrative>A</narrative></name>` +
      `<reporting-org ref="XX" type="10"><narrative>A</narrative></reporting-org>${inside}</iati-organisation>`;
    const read = await readBytes(
      `<iati-organisations version="2.03">\n${organisation('XX-1')}\n${organisation('XX-2', '<oops/>')}\n</iati-organisations>`,
    );
    expect(read).toMatchObject({
      format: 'iati-organisations',
      identifiers: ['XX-1', 'XX-2'],
      counts: { organisations: 2, activities: 0, transactions: 0, invalid: 1 },
    });
    expect(read.findings).toMatchObject([{ ruleId: 'schema', activity: 'XX-2', line: 3 }]);
  });
});

describe('an export of an Aid Management Platform', () => {
  const RELEASE = [
    'transaction_id,project_id,transaction_isodate,transaction_year,transaction_value_code,transaction_currency,transaction_value',
    'a,1,,2005,C,USD,10.25',
    'b,2,,2005,D,USD,0.1',
    'c,1,,2006,C,USD,much',
    'd,1,,2006,C,USD',
    'e,1,,2006,D,USD,0.2',
  ].join('\n');

  it('is read by its headings', async () => {
    const read = await readBytes(RELEASE);
    expect(read).toMatchObject({
      format: 'amp-csv',
      template: 'amp-release',
      counts: { activities: 2, transactions: 4, byTransactionType: { C: 2, D: 2 }, unread: 1 },
      sums: { C: { USD: '10.25' }, D: { USD: '0.3' } },
    });
    expect(read.findings).toMatchObject([
      { ruleId: 'amount', activity: '1', line: 4, column: 7 },
      { ruleId: 'file', line: 5, message: expect.stringContaining('6 cells') },
    ]);
  });

  it("is read by somebody's own template, in other words and numbers", async () => {
    const template = {
      template: 'followthrough-amp/1' as const,
      id: 'ministry',
      name: 'Ministry',
      mapping: {
        activity: 'AMP ID',
        defaultCurrency: 'XOF',
        amounts: [
          { column: 'Engagements réels', type: '2' },
          { column: 'Décaissements réels', type: '3' },
        ],
      },
    };
    const table = 'AMP ID;Engagements réels;Décaissements réels\n7;1 250 000,5;\n8;0;300\n';
    const read = await readBytes(table, template);
    expect(read).toMatchObject({
      template: 'ministry',
      counts: { activities: 2, transactions: 2 },
      sums: { 2: { XOF: '1250000.5' }, 3: { XOF: '300' } },
    });
    await expect(readBytes('AMP ID;Montant\n7;1\n', template)).rejects.toThrow(
      'no column "Engagements réels"',
    );
    const misspelt = { ...template, mapping: { ...template.mapping, montants: [] } };
    await expect(readBytes(table, misspelt)).rejects.toThrow('mapping template is not valid at mapping');
  });
});
