import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { csvText, xlsFile, xlsxFile, type FixtureValue } from '@followthrough/imports/fixtures';
import { sharedData } from '@followthrough/testing';
import { readRecommendationFile } from '../reading';
import type { MappingTemplate, OpenRequest } from '../types';

type Rest = Omit<OpenRequest, 'source' | 'name'>;
const readCsv = (rows: string[][], rest: Rest = {}) =>
  readRecommendationFile({ source: { bytes: Buffer.from(csvText(rows)) }, name: 'list.csv', ...rest });
const readXlsx = (rows: FixtureValue[][], rest: Rest = {}) =>
  readRecommendationFile({
    source: { bytes: xlsxFile({ sheets: [{ name: 'List', rows }] }) },
    name: 'list.xlsx',
    ...rest,
  });

describe('a coordinator’s spreadsheet', () => {
  it.each([
    [
      'English',
      [
        'No.',
        'State under review',
        'Recommendation',
        'Recommending State',
        'Position',
        'Lead ministry',
        'Supporting institutions',
        'Deadline',
        'Implementation status',
        'Comments',
      ],
      'Supported',
    ],
    [
      'French',
      [
        'Numéro',
        'État examiné',
        'Recommandation',
        'État recommandant',
        'Position de l’État',
        'Institution responsable',
        'Partenaires',
        'Échéance',
        'État de mise en œuvre',
        'Commentaires',
      ],
      'Soutenue',
    ],
    [
      'Spanish',
      [
        'N°',
        'Estado examinado',
        'Texto de la recomendación',
        'Estado recomendante',
        'Posición',
        'Institución responsable',
        'Instituciones de apoyo',
        'Plazo',
        'Estado de cumplimiento',
        'Observaciones',
      ],
      'Aceptada',
    ],
    [
      'Arabic',
      [
        'رقم التوصية',
        'الدولة موضوع الاستعراض',
        'نص التوصية',
        'الدولة الموصية',
        'الموقف',
        'الجهة المسؤولة',
        'الجهات الداعمة',
        'الموعد النهائي',
        'حالة التنفيذ',
        'ملاحظات',
      ],
      'مقبولة',
    ],
  ])('has its columns guessed from %s headings', async (_, headings, position) => {
    const row = [
      '12.3',
      'Kenya',
      'Plant a tree in every town',
      'Portugal; Fiji',
      position,
      'Ministry of Trees',
      'City of Nairobi; Water Board',
      '31/12/2026',
      'ongoing',
      'first five towns',
    ];
    const { rows, rejects, missing } = await readCsv([headings, row]);
    expect({ rejects, missing }).toEqual({ rejects: [], missing: [] });
    expect(rows[0]).toMatchObject({
      paragraph: '12.3',
      stateUnderReview: { code: 'KEN' },
      text: 'Plant a tree in every town',
      recommendingStates: [{ code: 'PRT' }, { code: 'FJI' }],
      position: 'supported',
      mechanism: 'UPR',
      internal: {
        leadInstitution: 'Ministry of Trees',
        supportingInstitutions: ['City of Nairobi', 'Water Board'],
        deadline: '2026-12-31',
        status: 'ongoing',
        note: 'first five towns',
      },
    });
  });

  it('is found below a title, and in another sheet than the first', async () => {
    const rows = [
      ['Follow-up plan of Kenya'],
      [],
      ['State under review', 'Recommendation', 'Position'],
      ['Kenya', 'Plant a tree', 'Noted'],
    ];
    const bytes = xlsxFile({
      sheets: [
        { name: 'Cover', rows: [['A cover', 'with words']] },
        { name: 'Plan', rows },
      ],
    });
    const file = await readRecommendationFile({ source: { bytes }, name: 'plan.xlsx' });
    expect(file.rows[0]).toMatchObject({ at: { sheet: 'Plan', row: 4 }, position: 'noted' });
    expect(file.mapping).toMatchObject({ sheet: 'Plan' });
  });

  it('has columns guessed from values where headings say nothing', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [
      'Kenya',
      `121.${i + 1}`,
      `Take all measures that are needed so that trees are planted in town number ${i}`,
      ['Portugal', 'Fiji', 'Malta, Peru', 'Chad'][i % 4]!,
      ['Supported', 'Noted'][i % 2]!,
    ]);
    const { rows: read, columns } = await readCsv([
      ['Land', 'Nummer', 'Empfehlung', 'Von', 'Antwort'],
      ...rows,
    ]);
    expect(columns!.map((column) => column.guess)).toEqual([
      'stateUnderReview',
      'paragraph',
      'text',
      'recommendingStates',
      'position',
    ]);
    expect(read).toHaveLength(30);
  });

  it('does not take any long text for recommendations', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => [
      'Kenya',
      `A description of project ${i}, which is long and says nothing of human rights`,
    ]);
    const { missing, columns } = await readCsv([['Recipient', 'Details'], ...rows]);
    expect(missing).toEqual(['text']);
    expect(columns!.map((column) => column.guess)).toEqual(['stateUnderReview', 'text']);
  });

  it('looks for similar names only while that is worth its time', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => ['Kenya', `Plant tree ${i}`, `Portugall ${i}`]);
    const { rows: read } = await readCsv([
      ['State under review', 'Recommendation', 'Recommending State'],
      ...rows,
    ]);
    const questions = read.flatMap((row) => row.openQuestions);
    expect(questions).toHaveLength(600);
    expect(questions.filter((question) => question.suggestions.includes('PRT'))).toHaveLength(500);
  });

  it('takes a status of "Supported" and "Noted" for the position', async () => {
    const { rows } = await readCsv([
      ['Country', 'Recommendation', 'Status'],
      ['Kenya', 'Plant a tree', 'Supported'],
      ['Kenya', 'Water it', 'Noted'],
    ]);
    expect(rows.map((row) => row.position)).toEqual(['supported', 'noted']);
  });

  it('says what has to be mapped before it can be read', async () => {
    const { missing, columns } = await readCsv([
      ['Recommendation', 'Position'],
      ['Plant a tree', 'Noted'],
    ]);
    expect(missing).toEqual(['stateUnderReview']);
    expect(columns).toEqual([
      { name: 'Recommendation', samples: ['Plant a tree'], guess: 'text' },
      { name: 'Position', samples: ['Noted'], guess: 'position' },
    ]);
    const told = await readCsv(
      [
        ['Recommendation', 'Position'],
        ['Plant a tree', 'Noted'],
      ],
      { document: { stateUnderReview: 'KEN' } },
    );
    expect(told).toMatchObject({ missing: [], rows: [{ stateUnderReview: { code: 'KEN' } }] });
  });

  it('is read by a template, with values translated', async () => {
    const template: MappingTemplate = {
      template: 'followthrough-mapping/1',
      id: 'trees',
      name: 'Trees',
      mapping: {
        columns: { text: 'Was', position: 'Antwort', themes: ['Thema 1', 'Thema 2'], deadline: 'Frist' },
        values: { position: { Ja: 'supported', 'Teils, teils': 'partly' }, themes: { Bäume: 'Environment' } },
        constants: { stateUnderReview: 'KEN', session: '35', language: 'de' },
        separators: { themes: ',' },
        dateOrder: 'mdy',
      },
    };
    const { rows, rejects } = await readCsv(
      [
        ['Was', 'Antwort', 'Thema 1', 'Thema 2', 'Frist'],
        ['Pflanzt Bäume', 'ja', 'Bäume, Wasser', 'Luft', '12/31/2026'],
        ['Pflanzt mehr', 'Vielleicht', '', '', ''],
      ],
      { template },
    );
    expect(rows[0]).toMatchObject({
      position: 'supported',
      themes: ['Environment', 'Wasser', 'Luft'],
      session: 35,
      cycle: 3,
      language: 'de',
      internal: { deadline: '2026-12-31' },
    });
    expect(rejects).toMatchObject([
      { at: { line: 3, column: 'Antwort' }, reason: expect.stringContaining('"Vielleicht"') },
    ]);
  });

  it('refuses a template with a key that is not known', async () => {
    const template = {
      template: 'followthrough-mapping/1',
      id: 'x',
      name: 'X',
      mapping: { colums: {} },
    } as unknown as MappingTemplate;
    await expect(
      readCsv(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        { template },
      ),
    ).rejects.toThrow('mapping template is not valid');
    await expect(
      readCsv(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        { template: 'nothing' },
      ),
    ).rejects.toThrow('no mapping template "nothing"');
  });

  it('rejects single rows by cell', async () => {
    const { rows, rejects } = await readXlsx([
      ['State under review', 'Recommendation', 'Session', 'Deadline', 'Action category'],
      ['Kenya', 'Plant a tree', 35, { day: 46_387 }, 4],
      ['Kenya', 'Plant another', 35, 'when it rains', 4],
      ['Kenya', null, 35, null, 4],
      ['Kenya', 'Plant a third', 35, null, 12],
    ]);
    expect(rows).toMatchObject([{ session: 35, actionCategory: 4, internal: { deadline: '2026-12-31' } }]);
    expect(rejects).toMatchObject([
      {
        at: { sheet: 'List', row: 3, cell: 'D3' },
        reason: expect.stringContaining('deadline "when it rains"'),
      },
      { at: { sheet: 'List', row: 4, cell: 'B4' }, reason: expect.stringContaining('no text') },
      { at: { sheet: 'List', row: 5, cell: 'E5' }, reason: expect.stringContaining('action category "12"') },
    ]);
  });

  it('means the same as .csv, .xlsx and .xls', async () => {
    const rows = [
      ['State under review', 'Recommendation', 'Position', 'Themes'],
      ['Kenya', 'Plant a “tree”', 'Noted', 'Prohibition of slavery, trafficking; Trees'],
    ];
    const files = [
      await readCsv(rows),
      await readXlsx(rows),
      await readRecommendationFile({ source: { bytes: xlsFile('List', rows) }, name: 'list.xls' }),
    ];
    const [hash, ...others] = files.map(
      (file) => `${file.rows[0]!.identityKey} ${file.rows[0]!.contentHash}`,
    );
    expect(others).toEqual([hash, hash]);
    expect(files[0]!.rows[0]!.themes).toEqual(['Prohibition of slavery, trafficking', 'Trees']);
  });

  it('refuses a table without headings, and a text that is none', async () => {
    await expect(
      readCsv([
        ['1', '2'],
        ['3', '4'],
      ]),
    ).rejects.toThrow('no table');
    await expect(readCsv([['Dear Sir or Madam']])).rejects.toThrow('no table');
  });
});

describe('nine hundred rows of UPR and treaty bodies', () => {
  const HEADINGS = [
    'Mechanism',
    'Document symbol',
    'Paragraph',
    'State under review',
    'Recommendation',
    'Recommending State',
    'Position',
    'Themes',
    'SDGs',
    'Lead institution',
    'Supporting institutions',
    'Deadline',
    'Status',
    'Note',
  ];
  const STATES = ['Portugal', 'Fiji', 'Malta', 'Côte d’Ivoire', 'Iran (Islamic Republic of)', 'Viet Nam'];
  const row = (i: number): string[] =>
    i % 3 === 2
      ? [
          ['CEDAW', 'Committee on the Rights of the Child'][i % 2]!,
          ['CEDAW/C/KEN/CO/8', 'CRC/C/KEN/CO/5'][i % 2]!,
          `${i}(a)`,
          'Kenya',
          `The Committee recommends that the State party look after tree number ${i}`,
          '',
          '',
          '- Trees\n- Right to water',
          '15.2',
          'Ministry of Trees',
          '',
          '2027',
          '',
          '',
        ]
      : [
          'UPR',
          'A/HRC/44/9/Add.1',
          `142.${i}`,
          'Kenya',
          `Plant tree number ${i}`,
          STATES[i % 6]!,
          i % 5 ? 'Supported' : 'Noted',
          '- Trees',
          '- 15 - LIFE ON LAND',
          'Ministry of Trees',
          'City of Nairobi; Water Board',
          '2026-12-31',
          'ongoing',
          `Row ${i}`,
        ];

  it('are read without a question', async () => {
    const { rows, rejects, mapping } = await readXlsx([
      HEADINGS,
      ...Array.from({ length: 900 }, (_, i) => row(i)),
    ]);
    expect(rejects).toEqual([]);
    expect(mapping!.columns).toMatchObject({
      mechanism: 'Mechanism',
      text: 'Recommendation',
      leadInstitution: 'Lead institution',
    });
    expect(rows).toHaveLength(900);
    expect(rows.filter((each) => each.mechanism === 'UPR')).toHaveLength(600);
    expect(rows.filter((each) => each.position === '' && each.recommendingStates.length === 0)).toHaveLength(
      300,
    );
    expect(rows.flatMap((each) => each.openQuestions)).toEqual([]);
    expect(rows[1]).toMatchObject({
      symbol: 'A/HRC/44/9',
      paragraph: '142.1',
      session: 35,
      cycle: 3,
      sdgs: ['15'],
      position: 'supported',
    });
    expect(rows[5]).toMatchObject({
      mechanism: 'CRC',
      symbol: 'CRC/C/KEN/CO/5',
      paragraph: '5(a)',
      session: null,
      cycle: null,
      sdgs: ['15.2'],
      themes: ['Trees', 'Right to water'],
      internal: { deadline: '2027-12-31' },
    });
    expect(new Set(rows.map((each) => each.identityKey)).size).toBe(900);
  });
});

const UHRI = [
  'Text',
  'Countries Concerned',
  'Reccomending Body',
  'Document Symbol',
  'Themes',
  'Affected Persons',
  'Sdgs',
  'Document Publication Date',
  'UPR Reccomending States',
  'UPR Position',
  'Type',
  'OHCHR Annotation Id',
  'UPR Session',
  'Regions Concerned',
  'Recommending Regions',
  'Date of publication on UHRI',
];
const trimmed = (labels: string[]) => labels.map((label) => label.trim());
const bullets = (values: string[]) => values.map((value) => `- ${value}`).join('\r\n');

describe("UHRI's export", () => {
  const upr: FixtureValue[] = [
    '137.197 Plant a tree (Timor-Leste);',
    '- Kenya',
    '- UPR',
    'A/HRC/44/9',
    bullets(['Trees', 'Children: definition; general principles; protection']),
    '- Children',
    bullets(['15 - LIFE ON LAND', '15.2 - Forests']),
    { day: 43_909 },
    bullets(['Timor-Leste', 'Guinea-Bissau']),
    '- Supported',
    '- Recommendations',
    'a9ceae8c-0000',
    '- 35th Session - January 2020',
    '- Africa',
    '',
    { day: 43_950 },
  ];

  it('is recognised by its headings', async () => {
    const { rows, template, rejects, document } = await readXlsx([UHRI, upr]);
    expect({ template, rejects }).toEqual({ template: 'uhri', rejects: [] });
    expect(document).toMatchObject({
      stateUnderReview: 'KEN',
      session: 35,
      cycle: 3,
      symbol: 'A/HRC/44/9',
      date: '2020-03-19',
    });
    expect(rows[0]).toMatchObject({
      paragraph: '137.197',
      text: 'Plant a tree (Timor-Leste);',
      mechanism: 'UPR',
      recommendingStates: [{ code: 'TLS' }, { code: 'GNB' }],
      position: 'supported',
      themes: ['Trees', 'Children: definition; general principles; protection'],
      groups: ['Children'],
      sdgs: ['15', '15.2'],
      externalId: 'a9ceae8c-0000',
      kind: 'recommendation',
    });
  });

  it.each([
    ['Recommendation No. 41, para. 81: 41. Advance the trees', '41', 'Advance the trees'],
    ['Recommendations contained in para. 79(a): 79(a). Take care', '79(a)', 'Take care'],
    ['Recommendation contained in 25(a): Take care', '25(a)', 'Take care'],
    ['paragraph 28: Take care', '28', 'Take care'],
    ['137.197 Improve the soil', '137.197', 'Improve the soil'],
    ['67. To continue planting', '67', 'To continue planting'],
    ['4.The Committee reminds the State party', '4', 'The Committee reminds the State party'],
    ['On trees \n7. Plant them', '7', 'On trees\nPlant them'],
    ['2030 Agenda for trees', '', '2030 Agenda for trees'],
  ])('finds the number in "%s"', async (written, paragraph, text) => {
    const { rows } = await readXlsx([UHRI, [written, ...upr.slice(1)]]);
    expect(rows[0]).toMatchObject({ paragraph, text });
  });

  it('asks which State is meant where a record names two', async () => {
    const { rows } = await readXlsx([UHRI, [upr[0]!, '- Sudan\n- South Sudan', ...upr.slice(2)]]);
    expect(rows[0]!.openQuestions).toEqual([
      { about: 'stateUnderReview', raw: 'Sudan, South Sudan', suggestions: ['SDN', 'SSD'] },
    ]);
  });

  it('leaves out what is no recommendation', async () => {
    const concern = [...upr.slice(0, 9), null, '- Concerns/Observations', ...upr.slice(11)];
    const { rejects } = await readXlsx([UHRI, concern, ['Response of Kenya: ...', ...upr.slice(1)]]);
    expect(rejects.map((reject) => reject.reason)).toEqual([
      'The row is left out: it is a concern or observation, not a recommendation.',
      'The row is left out: it is the answer of a State, not a recommendation.',
    ]);
  });

  it('reads real records laid out as UHRI does', async () => {
    const folder = sharedData('upr/uhri');
    if (!folder) return;
    const records = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const sheet = records.map((one) => [
      one.text,
      bullets(one.countries),
      `- ${one.body}`,
      one.symbol,
      bullets(one.themes),
      bullets(one.affected_persons),
      bullets(one.sdgs),
      one.date,
      '',
      '',
      `- ${one.annotation_type}`,
      one._id,
      '',
      bullets(one.regions),
      '',
      '',
    ]);
    const { rows, rejects } = await readXlsx([UHRI, ...sheet]);
    const recommended = records.filter((one) => one.annotation_type === 'Recommendations');
    expect(rows).toHaveLength(recommended.length);
    expect(rejects).toHaveLength(records.length - recommended.length);
    rows.forEach((row, i) => {
      const one = recommended[i];
      expect(row).toMatchObject({
        stateUnderReview: { code: 'AUS' },
        mechanism: one.body,
        symbol: one.symbol,
        themes: trimmed(one.themes),
        groups: trimmed(one.affected_persons),
        date: one.date,
        position: '',
      });
      expect(row.sdgs).toEqual(one.sdgs.map((label: string) => label.split(' ')[0]));
      expect(row.paragraph).toMatch(/^\d+$/);
    });
  });
});
