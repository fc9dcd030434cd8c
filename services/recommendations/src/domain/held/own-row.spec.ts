import { aSource, aStatement } from './builders';
import { hold } from './hold';
import { editedFields } from './own-row';

const held = hold(
  [aSource({ statement: aStatement({ leadInstitution: 'Ministry of Justice' }) })],
  [],
  new Map(),
  () => '',
)!.held;

describe('a row of our own export that comes back', () => {
  it('says nothing where it is untouched', () => {
    expect(editedFields(aStatement({ leadInstitution: 'Ministry of Justice' }), held)).toEqual([]);
  });

  it('says nothing by an empty cell', () => {
    expect(editedFields(aStatement({ position: undefined, themes: undefined }), held)).toEqual([]);
  });

  it('says what was edited', () => {
    const edited = aStatement({
      position: 'noted',
      leadInstitution: 'Ministry of Health',
      recommendingStates: [{ raw: 'Peru', code: 'PER' }],
    });
    expect(editedFields(edited, held)).toEqual(['position', 'leadInstitution', 'recommendingStates']);
  });
});
