import { splitStates } from './split';

describe('splitStates', () => {
  it.each([
    ['(France) (Lithuania)', ['France', 'Lithuania']],
    ['(Portugal, Slovakia);', ['Portugal', 'Slovakia']],
    [
      'to join (Algeria)/sign and ratify (Egypt)/ratify (Bosnia and Herzegovina)',
      ['Algeria', 'Egypt', 'Bosnia and Herzegovina'],
    ],
    ['(Iran (Islamic Republic of))', ['Iran (Islamic Republic of)']],
    ['Iran (Islamic Republic of), France', ['Iran (Islamic Republic of)', 'France']],
    ['(Bolivarian Republic of Venezuela) (Togo)', ['Bolivarian Republic of Venezuela', 'Togo']],
    [
      '(France, Micronesia (Federated States of) and Italy)',
      ['France', 'Micronesia (Federated States of)', 'Italy'],
    ],
    ['(State of Palestine*) (Timor-Leste)', ['State of Palestine*', 'Timor-Leste']],
    ['Uzbekistan - Czechia', ['Uzbekistan', 'Czechia']],
    ['France-Timor-Leste-Guinea-Bissau', ['France', 'Timor-Leste', 'Guinea-Bissau']],
    ['Korea, Republic of, Japan', ['Korea, Republic of', 'Japan']],
    ['Antigua and Barbuda and France', ['Antigua and Barbuda', 'France']],
    ['Serbia and Montenegro', ['Serbia and Montenegro']],
    ['- France\r\n- Germany', ['France', 'Germany']],
    ['Denmark; Norway; U.S.A.', ['Denmark', 'Norway', 'U.S.A.']],
    ['فرنسا، ألمانيا', ['فرنسا', 'ألمانيا']],
    ['(Lichtenstein) (France)', ['Lichtenstein', 'France']],
    ['France and Lichtenstein', ['France', 'Lichtenstein']],
    ['Bosnia and Herzegowina', ['Bosnia and Herzegowina']],
    ['&#40;Unknown&#41;', ['Unknown']],
    ['(France) (Germany', ['France', 'Germany']],
    ['  ', []],
  ])('%s', (list, names) => {
    expect(splitStates(list)).toEqual(names);
  });
});
