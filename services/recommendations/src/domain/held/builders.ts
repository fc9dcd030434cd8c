import type { Source } from './hold';
import type { Statement } from './statement';

/** A source record for tests, of the second review of Slovenia unless told otherwise. */
export function aSource({ statement, ...source }: Partial<Source> = {}): Source {
  return {
    id: 1,
    family: 'ohchr-matrix',
    identity: 'one',
    applyNo: 1,
    rowNo: 1,
    ...source,
    statement: aStatement(statement),
  };
}

export function aStatement(said: Partial<Statement> = {}): Statement {
  return {
    kind: 'recommendation',
    mechanism: 'UPR',
    stateUnderReview: { raw: 'Slovenia', code: 'SVN' },
    cycle: 2,
    session: 20,
    symbol: 'A/HRC/28/15',
    paragraph: '115.10',
    text: 'Ratify the Convention.',
    language: 'en',
    recommendingStates: [{ raw: 'Portugal', code: 'PRT' }],
    position: 'supported',
    ...said,
  };
}
