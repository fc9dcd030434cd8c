import { safeReturnTo } from './return-to';

const own = 'https://follow.example';

it.each(['/recommendations?position=noted&q=a%2Fb', '/from/SVN#changes', '/'])('goes back to %s', (path) => {
  expect(safeReturnTo(path, own)).toBe(path);
});

it.each([
  undefined,
  ['/a', '/b'],
  '',
  'recommendations',
  'https://follow.example/x',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/a\\b',
  'javascript:alert(1)',
  '/sign-in?returnTo=/',
  '/api/portal/v1/session',
  '/oidc/auth',
  `/${'x'.repeat(2001)}`,
])('gives the start page for %p', (asked) => {
  expect(safeReturnTo(asked, own)).toBe('/');
});

it('sees through steps up to where a path really leads', () => {
  expect(safeReturnTo('/x/../sign-out', own)).toBe('/');
  expect(safeReturnTo('/.//evil.example', own)).toBe('/');
  expect(safeReturnTo('/x/..//evil.example/y', own)).toBe('/');
});
