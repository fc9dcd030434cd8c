import type { MailDocument } from './document';
import { renderMail } from './render';

const hostile = `<script>alert("x")</script>&'\u0000`;

const aDocument = (change: Partial<MailDocument> = {}): MailDocument => ({
  locale: 'en',
  title: hostile,
  blocks: [
    { kind: 'heading', text: hostile },
    { kind: 'paragraph', text: `${hostile}\nsecond line` },
    {
      kind: 'record',
      code: hostile,
      what: hostile,
      badge: { tone: 'supported', label: hostile },
      text: hostile,
      language: 'en',
      note: hostile,
      url: 'https://a.org/r/1?a=1&b="2',
    },
    { kind: 'button', label: hostile, url: 'https://a.org/c' },
    { kind: 'quiet', text: hostile },
  ],
  reasons: [hostile],
  links: [{ label: hostile, url: 'https://a.org/u/1' }],
  ...change,
});

describe('renderMail', () => {
  it('escapes every string', () => {
    const { html } = renderMail(aDocument());
    expect(html).not.toContain('<script');
    expect(html).not.toContain('\u0000');
    expect(html.match(/&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;&amp;&#39;/g)).toHaveLength(13);
    expect(html).toContain('href="https://a.org/r/1?a=1&amp;b=&quot;2"');
  });

  it('calls nobody: no image, form, style sheet or font from elsewhere', () => {
    expect(renderMail(aDocument()).html).not.toMatch(/<(img|form|link|iframe|script|style)|@import|url\(/i);
  });

  it('refuses a link that is not http(s)', () => {
    expect(() => renderMail(aDocument({ links: [{ label: 'x', url: 'javascript:alert(1)' }] }))).toThrow(
      'http(s)',
    );
  });

  it('mirrors the page for Arabic and keeps the direction of each text of the record', () => {
    const { html } = renderMail(aDocument({ locale: 'ar' }));
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('text-align:right');
    expect(html).toContain('<p lang="en" dir="ltr"');
    expect(renderMail(aDocument()).html).not.toContain('rtl');
  });

  it('says everything in plain text as well', () => {
    const { text } = renderMail(aDocument());
    for (const url of ['https://a.org/r/1', 'https://a.org/c', 'https://a.org/u/1'])
      expect(text).toContain(url);
    expect(text).toContain('second line');
  });
});
