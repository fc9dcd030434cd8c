import { headerSafe, headerUrl, headerValue, UnsafeHeader } from './header';

describe('what may stand in a header', () => {
  it.each(['a\r\nBcc: x@y.org', 'a\nb', 'a\u0000b', 'a\u202eb', 'a\u2028b', '\ud800', 'x'.repeat(999)])(
    'refuses %j',
    (value) => {
      expect(() => headerValue('subject', value)).toThrow(UnsafeHeader);
    },
  );

  it('passes words of any script', () => {
    for (const value of ['Côte d’Ivoire: 3', 'تاماريا', '塔马里亚', '🙂 ok']) {
      expect(headerValue('subject', value)).toBe(value);
    }
  });

  it('makes any text safe, and short', () => {
    expect(headerSafe('a\r\n\tBcc:\u202e x\ud800')).toBe('a Bcc: x');
    expect([...headerSafe('🙂'.repeat(500))]).toHaveLength(200);
  });

  it('lets a list URL neither end its bracket nor add another', () => {
    expect(headerUrl('u', 'https://a.org/u/x_-1')).toBe('<https://a.org/u/x_-1>');
    for (const url of [
      'javascript:1',
      'https://a.org/>,<mailto:x@y.org',
      'https://a.org/a b',
      'https://a/\r\nX: y',
    ]) {
      expect(() => headerUrl('u', url)).toThrow(UnsafeHeader);
    }
  });
});
