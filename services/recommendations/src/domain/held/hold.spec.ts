import { aSource, aStatement } from './builders';
import { hold, type Decision, type Source } from './hold';
import { joinKeyOf } from './join-key';

const noAnswers = new Map<string, string>();
const noDate = () => '';
const holding = (sources: Source[], decisions: Decision[] = [], answers = noAnswers) =>
  hold(sources, decisions, answers, noDate);

describe('what is held true', () => {
  it('is what a single source says', () => {
    const { held, provenance } = holding([aSource({ id: 7 })])!;
    expect(held).toMatchObject({
      stateUnderReview: 'SVN',
      paragraph: '115.10',
      recommendingStates: ['PRT'],
      position: 'supported',
      sources: ['ohchr-matrix'],
    });
    expect(provenance.position).toEqual([7]);
  });

  it('is nothing where no source is left', () => {
    expect(holding([])).toBeNull();
  });

  it('is what the higher-ranked source says, whichever was applied last; the other fills what it leaves open', () => {
    const matrix = aSource({ id: 1, identity: 'm', applyNo: 1 });
    const uprInfo = aSource({
      id: 2,
      identity: 'u',
      family: 'upr-info',
      applyNo: 2,
      statement: aStatement({ position: 'noted', actionCategory: 5 }),
    });
    const { held, provenance } = holding([uprInfo, matrix])!;
    expect(held).toMatchObject({
      position: 'supported',
      actionCategory: 5,
      sources: ['ohchr-matrix', 'upr-info'],
    });
    expect(provenance).toMatchObject({ position: [1], actionCategory: [2] });
  });

  it('is the newest edition of the same record', () => {
    const first = aSource({
      id: 1,
      applyNo: 1,
      statement: aStatement({ position: 'pending', themes: ['Torture'] }),
    });
    const second = aSource({ id: 2, applyNo: 2, statement: aStatement({ position: 'noted' }) });
    expect(holding([first, second])!.held).toMatchObject({ position: 'noted', themes: [] });
  });

  it('takes the rows of one import together', () => {
    const one = aSource({
      identity: 'a',
      family: 'spreadsheet',
      rowNo: 1,
      statement: aStatement({ themes: ['Health'] }),
    });
    const two = aSource({
      identity: 'b',
      family: 'spreadsheet',
      rowNo: 2,
      statement: aStatement({
        recommendingStates: [{ raw: 'Peru', code: 'PER' }],
        text: 'Ratify it soon.',
        position: 'noted',
        themes: ['Education', 'Health'],
      }),
    });
    expect(holding([two, one])!.held).toMatchObject({
      recommendingStates: ['PRT', 'PER'],
      text: 'Ratify the Convention.\nRatify it soon.',
      position: 'partly',
      themes: ['health', 'education'],
    });
  });

  it('is what a person decided, against every source', () => {
    const { held, provenance } = holding([aSource()], [{ field: 'position', value: 'partly' }])!;
    expect(held.position).toBe('partly');
    expect(provenance.position).toBe('decision');
  });

  it('keeps the raw name of a State that nobody can resolve, until a person answers', () => {
    const statement = aStatement({
      stateUnderReview: { raw: 'Slovennia' },
      recommendingStates: [{ raw: 'Peru', code: 'PER' }, { raw: 'Freedonia' }],
    });
    expect(holding([aSource({ statement })])!.held).toMatchObject({
      stateUnderReview: '',
      stateUnderReviewRaw: 'Slovennia',
      recommendingStates: ['PER'],
      unresolvedStates: ['Freedonia'],
    });
    const answers = new Map([
      ['slovennia', 'SVN'],
      ['freedonia', ''],
    ]);
    expect(holding([aSource({ statement })], [], answers)!.held).toMatchObject({
      stateUnderReview: 'SVN',
      stateUnderReviewRaw: '',
      recommendingStates: ['PER'],
      unresolvedStates: [],
    });
  });

  it('takes only the edited fields of a row of our own export, which alone holds nothing', () => {
    const matrix = aSource({ id: 1, identity: 'm', applyNo: 1 });
    const edit = aSource({
      id: 2,
      identity: 'e',
      family: 'spreadsheet',
      applyNo: 2,
      statement: aStatement({ status: 'done', position: 'noted', says: ['status'] }),
    });
    expect(holding([matrix, edit])!.held).toMatchObject({ status: 'done', position: 'supported' });
    expect(holding([edit])).toBeNull();
  });

  it('calls themes by the ids of the vocabulary and finds the groups that they are about', () => {
    const said = { themes: ['Rights of the Child', 'A theme of our own'] };
    expect(holding([aSource({ statement: aStatement(said) })])!.held).toMatchObject({
      themes: ['childrens-rights', 'A theme of our own'],
      groups: ['children'],
    });
    const named = { ...said, groups: ['Youth & juveniles'] };
    expect(holding([aSource({ statement: aStatement(named) })])!.held.groups).toEqual(['youth']);
  });

  it('dates a review by its session where no source says more', () => {
    const dated = hold([aSource()], [], noAnswers, (session) => (session === 20 ? '2014-11' : ''));
    expect(dated!.held.reviewDate).toBe('2014-11');
  });
});

describe('the key that joins sources', () => {
  it('is State, document and paragraph', () => {
    expect(joinKeyOf(aStatement(), 'f00d', noAnswers)).toBe('SVN|A/HRC/28/15#115.10');
  });

  it('is the record itself where its paragraph is not known: likeness joins nothing', () => {
    expect(joinKeyOf(aStatement({ paragraph: undefined }), 'f00d', noAnswers)).toBe('row:f00d');
  });

  it('waits for the name of the State', () => {
    const statement = aStatement({ stateUnderReview: { raw: 'Slovennia' } });
    expect(joinKeyOf(statement, 'f00d', noAnswers)).toBe('?slovennia|A/HRC/28/15#115.10');
    expect(joinKeyOf(statement, 'f00d', new Map([['slovennia', 'SVN']]))).toBe('SVN|A/HRC/28/15#115.10');
  });
});
