import { take } from './import-state';

describe('the states of an import', () => {
  it('lets a read import be applied, and an applied one be undone', () => {
    expect(take('apply', 'ready')).toEqual({ state: 'applying' });
    expect(take('undo', 'applied')).toEqual({ state: 'undoing' });
  });

  it('reads again after a mapping was given or changed', () => {
    expect(take('parse', 'needs-mapping')).toEqual({ state: 'parsing' });
    expect(take('parse', 'ready')).toEqual({ state: 'parsing' });
  });

  it('says why a step cannot be taken', () => {
    expect(take('apply', 'applied')).toEqual({
      refused: 'This import cannot be applied: it has been applied.',
    });
    expect(take('discard', 'applying')).toEqual({
      refused: 'This import cannot be discarded: it is being applied.',
    });
    expect(take('undo', 'ready')).toEqual({
      refused: 'This import cannot be undone: it has not been applied.',
    });
  });
});
