import { docxFile, type DocxContent, type FixtureRow } from '@followthrough/imports/fixtures';
import { readRecommendationFile } from '../reading';

const read = (content: DocxContent, name = 'matrix.docx') =>
  readRecommendationFile({ source: { bytes: docxFile(content) }, name });

const CYCLE_2: FixtureRow = [
  'Recommendation',
  'Position',
  'Full list of themes',
  'Assessment/comments on level of implementation',
];
const CYCLE_4: FixtureRow = [
  'Recommendation and recommending State',
  'Position of the State under review',
  'Human rights themes and groups of persons',
  'Relevant SDGs',
];
const theme = (text: string): FixtureRow => [{ text: `Theme: ${text}`, span: 4 }];
const source = (paragraph: number) => `\nSource of position: A/HRC/99/7/Add.1 - Para. ${paragraph}`;
const MARGIN = 'UPR of Kenya (3rd Cycle – 35th session)\nThematic list of recommendations';

describe("OHCHR's matrix", () => {
  it('of cycle 2: coded themes, affected persons', async () => {
    const { rows, document } = await read({
      margin: 'UPR of Kenya (2nd Cycle – 21st session)',
      created: '2015-06-01T10:00:00Z',
      blocks: [
        [
          CYCLE_2,
          theme('A12 Acceptance of international norms'),
          [
            `115.1 Plant a tree (Portugal, Slovakia); ${source(3)}`,
            'Supported',
            'A12 Acceptance of international norms\nB32 Racial discrimination\nAffected persons:\n- children\n- women',
            '',
          ],
          theme('G4 Migrants'),
          [
            `115.10 Water it (Iran (Islamic Republic of));${source(4)}`,
            'Noted',
            'G4 Migrants\nAffected persons:\n- general',
            '\n',
          ],
        ],
      ],
    });
    expect(document).toMatchObject({
      stateUnderReview: 'KEN',
      cycle: 2,
      session: 21,
      symbol: 'A/HRC/99/7',
      date: '2015-06-01',
    });
    expect(rows).toMatchObject([
      {
        at: { table: 1, row: 3 },
        paragraph: '115.1',
        text: 'Plant a tree (Portugal, Slovakia);',
        position: 'supported',
        positionSource: 'A/HRC/99/7/Add.1 - Para. 3',
        themes: ['A12 Acceptance of international norms', 'B32 Racial discrimination'],
        groups: ['children', 'women'],
        sdgs: [],
        recommendingStates: [{ code: 'PRT' }, { code: 'SVK' }],
        raw: { section: 'A12 Acceptance of international norms' },
      },
      { paragraph: '115.10', position: 'noted', recommendingStates: [{ code: 'IRN' }], groups: ['general'] },
    ]);
  });

  it('of cycle 3: SDGs among the themes, a State in each bracket', async () => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [
        [
          CYCLE_2,
          theme('Right to health'),
          [
            `121.1 Plant a tree (France) (Lithuania);${source(121)}`,
            'Supported',
            '- Right to health\n- Rights related to name,\nidentity & nationality\nSDGs:\n- 3\n- 5 - GENDER EQUALITY\n- 16.2\nAffected persons:\n- Women & girls',
            '',
          ],
        ],
      ],
    });
    expect(rows[0]).toMatchObject({
      themes: ['Right to health', 'Rights related to name, identity & nationality'],
      sdgs: ['3', '5', '16.2'],
      groups: ['Women & girls'],
      recommendingStates: [{ code: 'FRA' }, { code: 'LTU' }],
      cycle: 3,
      session: 35,
    });
  });

  it('of cycle 4: a column of SDGs', async () => {
    const { rows } = await read({
      margin: 'UPR of Kenya (4th Cycle - 49th Session)',
      blocks: [
        [
          CYCLE_4,
          theme('Migrants'),
          [
            '140.7 Plant a tree (Bolivarian Republic of Venezuela);\nSource of Position: A/HRC/99/7/Add.1 - Para.3vv',
            'Supported',
            '- Migrants\nGroups of Persons: \n- Public officials',
            '- 1 - NO POVERTY\n- 10 - REDUCED INEQUALITIES',
          ],
        ],
      ],
    });
    expect(rows[0]).toMatchObject({
      groups: ['Public officials'],
      sdgs: ['1', '10'],
      recommendingStates: [{ code: 'VEN' }],
      symbol: 'A/HRC/99/7',
    });
  });

  it('keeps one paragraph one record, and its texts as clauses', async () => {
    const text =
      '121.2 Complete the garden (Ukraine); Increase efforts towards a second one (Slovakia) (Malta);';
    const { rows } = await read({ margin: MARGIN, blocks: [[CYCLE_2, [text, 'Supported', '- Trees', '']]] });
    expect(rows).toHaveLength(1);
    expect(rows[0]!.recommendingStates.map((state) => state.code)).toEqual(['UKR', 'SVK', 'MLT']);
    expect(rows[0]!.clauses).toMatchObject([
      { text: 'Complete the garden', recommendingStates: [{ code: 'UKR' }] },
      {
        text: 'Increase efforts towards a second one',
        recommendingStates: [{ code: 'SVK' }, { code: 'MLT' }],
      },
    ]);
  });

  it.each([
    [
      'Plant (Algeria)/water (Egypt)/prune (Bosnia and Herzegovina) the trees (Algeria, Egypt);',
      ['DZA', 'EGY', 'BIH'],
    ],
    [
      'Ratify the convention (CMW) and the other (ICRMW) (Venezuela (Bolivarian Republic of),Peru);',
      ['VEN', 'PER'],
    ],
    ['Plant trees (see also paragraph 5) in all towns (Kingdom of the Netherlands).', ['NLD']],
    ['Plant trees (State of Palestine*) (the former Yugoslav Republic of Macedonia);', ['PSE', 'MKD']],
    ['Plant trees (Venezuela (Bolivarian Republic of);', ['VEN']],
    ['Plant trees in all towns;', []],
    [
      'Plant trees (United Kingdom of Great Britain and Northern Ireland, United States of America and Viet Nam);',
      ['GBR', 'USA', 'VNM'],
    ],
  ])('finds who asks in "%s"', async (text, codes) => {
    const { rows } = await read({ margin: MARGIN, blocks: [[CYCLE_2, [`121.3 ${text}`, 'Noted', '', '']]] });
    expect(rows[0]!.recommendingStates.map((state) => state.code)).toEqual(codes);
    expect(rows[0]!.text).toBe(text);
    expect(rows[0]!.openQuestions).toEqual([]);
  });

  it('asks about a misspelt State, and never guesses', async () => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [[CYCLE_2, ['121.4 Plant trees (Lichtenstein);', 'Noted', '', '']]],
    });
    expect(rows[0]!.openQuestions).toMatchObject([
      { raw: 'Lichtenstein', suggestions: expect.arrayContaining(['LIE']) },
    ]);
  });

  it('goes through title tables, tables split in several, repeated headings and continued cells', async () => {
    const { rows, document } = await read({
      blocks: [
        [[{ text: 'Universal Periodic Review of the Republic of Kenya\nThird cycle', span: 2 }]],
        'Thirty-fifth session: 35th session',
        [CYCLE_2, theme('Trees'), ['121.1 One (Malta)', 'Supported', '- Trees', '']],
        'Between two tables',
        [
          ['121.2 Two (Malta)', { text: 'Noted', merge: 'begins' }, '- Trees', ''],
          ['121.3 Three (Malta)', { text: '', merge: 'goes on' }, '- Water', ''],
        ],
        [
          CYCLE_2,
          ['121.4 Four (Malta)', 'Supported', '- Trees', ''],
          [
            { text: '', merge: 'goes on' },
            { text: '', merge: 'goes on' },
            'Affected persons:\n- children',
            '',
          ],
        ],
      ],
    });
    expect(document).toMatchObject({ stateUnderReview: 'KEN', cycle: 3, session: 35 });
    expect(rows.map((row) => [row.paragraph, row.position, row.at])).toEqual([
      ['121.1', 'supported', { table: 2, row: 3 }],
      ['121.2', 'noted', { table: 3, row: 1 }],
      ['121.3', 'noted', { table: 3, row: 2 }],
      ['121.4', 'supported', { table: 4, row: 2 }],
    ]);
    expect(rows[3]!.groups).toEqual(['children']);
  });

  it('reads numbers in a column of their own, and several numbers in one cell', async () => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [
        [
          ['No.', 'Recommendation', 'Position', 'Themes'],
          ['121.1', 'One (Malta)', 'Supported', '- Trees'],
        ],
        [CYCLE_2, ['122.1 Two (Malta);\n122.2. Three (Fiji);', 'Noted', '- Trees', '']],
      ],
    });
    expect(rows.map((row) => [row.paragraph, row.text])).toEqual([
      ['121.1', 'One (Malta)'],
      ['122.1', 'Two (Malta);'],
      ['122.2', 'Three (Fiji);'],
    ]);
  });

  it('reads States from a column of their own, and what word processors and web pages leave in cells', async () => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [
        [
          ['Recommendation', 'Recommending state/s', 'Position', 'Full list of themes'],
          [{ text: 'Right or area: 2.1. Trees', span: 4 }],
          ['166.6.&nbsp;Plant a\u00a0tree;', 'Portugal\nFiji', 'Under consideration', '- Trees &amp; water'],
          ['166.7Water it;', 'Malta', 'Supported/Noted', '- Trees'],
        ],
      ],
    });
    expect(rows).toMatchObject([
      {
        paragraph: '166.6',
        text: 'Plant a tree;',
        recommendingStates: [{ code: 'PRT' }, { code: 'FJI' }],
        position: 'pending',
        themes: ['Trees & water'],
        raw: { section: '2.1. Trees' },
      },
      { paragraph: '166.7', text: 'Water it;', recommendingStates: [{ code: 'MLT' }], position: 'partly' },
    ]);
  });

  it('knows a matrix without headings by what is in its columns', async () => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [
        [
          ['121.1 One (Malta);', 'Supported', '- Trees\nAffected persons:\n- children'],
          ['121.2 Two (Fiji);', 'Noted', '- Water\nAffected persons:\n- women'],
        ],
      ],
    });
    expect(rows).toMatchObject([
      { paragraph: '121.1', groups: ['children'] },
      { paragraph: '121.2', position: 'noted' },
    ]);
  });

  it.each([
    ['UPR35_Kenya_Matrix_E.docx', 35, 'KEN'],
    ['upr35-kenya-thematic-list-of-recommendations.docx', 35, 'KEN'],
    ['Matrix Bosnia and Herzegovina UPR 34.doc', 34, 'BIH'],
  ])('takes from the name %s what the document does not say', async (name, session, code) => {
    const { document } = await read({ blocks: [[CYCLE_2, ['121.1 One (Malta)', 'Noted', '', '']]] }, name);
    expect(document).toMatchObject({ stateUnderReview: code, session, cycle: 3 });
  });

  it('takes the session from the symbol where nothing else tells it', async () => {
    const { document } = await read({
      blocks: [[CYCLE_2, ['1.1 One (Malta)\nSource of position: A/HRC/43/99/Add.1', 'Noted', '', '']]],
    });
    expect(document).toMatchObject({ session: 34, cycle: 3, symbol: 'A/HRC/43/99', stateUnderReview: null });
  });

  it('reads French and Spanish matrices', async () => {
    const french = await read({
      margin: 'EPU du Kenya (3e cycle – 35e session)',
      blocks: [
        [
          ['Recommandation', 'Position', 'Liste complète des thèmes', 'Évaluation/commentaires'],
          [{ text: 'Thème : Santé', span: 4 }],
          [
            '121.1 Planter un arbre (Côte d’Ivoire) ;\nSource de la position: A/HRC/99/7/Add.1 - Par. 3',
            'Soutenue',
            '- Santé\nPersonnes concernées:\n- Enfants',
            '',
          ],
        ],
      ],
    });
    expect(french.document).toMatchObject({ stateUnderReview: 'KEN', cycle: 3, session: 35 });
    expect(french.rows[0]).toMatchObject({
      position: 'supported',
      recommendingStates: [{ code: 'CIV' }],
      groups: ['Enfants'],
      language: 'fr',
      positionSource: 'A/HRC/99/7/Add.1 - Par. 3',
    });
    const spanish = await read({
      margin: 'EPU de Kenya (tercer ciclo – 35 período de sesiones)',
      blocks: [
        [
          ['Recomendación', 'Posición', 'Lista de temas', 'Evaluación'],
          ['121.1 Plantar un árbol (España);', 'Se toma nota', '- Salud\nPersonas afectadas:\n- Niños', ''],
        ],
      ],
    });
    expect(spanish.document).toMatchObject({ stateUnderReview: 'KEN', cycle: 3, session: 35 });
    expect(spanish.rows[0]).toMatchObject({
      position: 'noted',
      recommendingStates: [{ code: 'ESP' }],
      groups: ['Niños'],
    });
  });

  it.each([
    ['Supported', 'supported'],
    ['Partially supported', 'partly'],
    ['Supported/Noted', 'partly'],
    ['Not supported', 'noted'],
    ['Does not enjoy the support of Kenya', 'noted'],
    ['Enjoys the support of Kenya', 'supported'],
    ['Pending', 'pending'],
    ['Something else', 'unclear'],
    ['', ''],
  ])('position "%s" is "%s"', async (words, position) => {
    const { rows } = await read({
      margin: MARGIN,
      blocks: [[CYCLE_2, ['121.1 One (Malta)', words, '- Trees', '']]],
    });
    expect(rows[0]!.position).toBe(position);
  });

  it('rejects a number without a text, and reads its neighbours', async () => {
    const { rows, rejects } = await read({
      margin: MARGIN,
      blocks: [
        [
          CYCLE_2,
          ['121.1 One (Malta)', 'Noted', '', ''],
          ['121.2', 'Noted', '- Trees', ''],
          ['121.3 Three (Malta)', 'Noted', '', ''],
        ],
      ],
    });
    expect(rows.map((row) => row.paragraph)).toEqual(['121.1', '121.3']);
    expect(rejects).toMatchObject([
      { at: { table: 1, row: 3 }, reason: expect.stringContaining('121.2, but no text') },
    ]);
  });

  it('says of a document without such a table that it has none', async () => {
    await expect(
      read({
        blocks: [
          'A letter',
          [
            ['Name', 'Date'],
            ['A', 'B'],
          ],
        ],
      }),
    ).rejects.toThrow('no table of recommendations');
  });

  it('needs to be told the State where nothing names it', async () => {
    const content = { blocks: [[CYCLE_2, ['121.1 One (Malta)', 'Noted', '', '']]] };
    expect((await read(content)).missing).toEqual(['stateUnderReview']);
    const told = await readRecommendationFile({
      source: { bytes: docxFile(content) },
      name: 'x.docx',
      document: { stateUnderReview: 'KEN', session: 35 },
    });
    expect(told.rows[0]).toMatchObject({ stateUnderReview: { code: 'KEN' }, session: 35 });
  });

  it('reads a document with macros, runs none and says so', async () => {
    const { rows, warnings } = await read(
      { margin: MARGIN, macros: true, blocks: [[CYCLE_2, ['121.1 One (Malta)', 'Noted', '', '']]] },
      'matrix.docm',
    );
    expect(rows).toHaveLength(1);
    expect(warnings[0]).toContain('macros');
  });
});
