import { isDemoAddress, mailAddress } from './address';

describe('mailAddress', () => {
  it.each([
    ['a@b.org', 'a@b.org'],
    ['First.Last+upr@Ministry.GOV.xx', 'First.Last+upr@ministry.gov.xx'],
    ['o’neil@b.org', null],
    ["o'neil@b.org", "o'neil@b.org"],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['ann@مثال.إختبار', 'ann@xn--mgbh0fb.xn--kgbechtv'],
    ['focal-point@demo.invalid', 'focal-point@demo.invalid'],
  ])('%s', (input, expected) => {
    expect(mailAddress(input)).toBe(expected);
  });

  it.each([
    '',
    '@b.org',
    'a@',
    'a@b',
    'a@b.org\r\nBcc: x@y.org',
    'a@b.org\n',
    'a b@c.org',
    '"a b"@c.org',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'Name <a@b.org>',
    'a@b.org,c@d.org',
    'a@b.org;c@d.org',
    'group:a@b.org;',
    'a@b.org (comment)',
    '.a@b.org',
    'a..b@c.org',
    'a@-b.org',
    'a@b..org',
    'a@b.org\u0000',
    'a\u202e@b.org',
    'a@b%00.org',
    '"x@evil.org"@b.org',
    `${'a'.repeat(65)}@b.org`,
    `a@${'b'.repeat(64)}.org`,
  ])('refuses %j', (input) => {
    expect(mailAddress(input)).toBeNull();
  });

  it('knows the addresses of demo accounts', () => {
    expect(isDemoAddress('NHRI@Demo.invalid')).toBe(true);
    expect(isDemoAddress('a@demo.invalid.org')).toBe(false);
  });
});
