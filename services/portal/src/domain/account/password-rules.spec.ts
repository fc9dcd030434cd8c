import { passwordFault } from './password-rules';

it.each([
  ['short one', 'too-short'],
  ['x'.repeat(201), 'too-long'],
  ['ababababababab', 'too-plain'],
  ['I am Amina.Orel at work', 'like-address'],
  ['four wet horses 9', null],
  ['أربعة خيول مبللة', null],
])('%s: %s', (password, fault) => {
  expect(passwordFault(password, 'amina.orel@ministry.example')).toBe(fault);
});
