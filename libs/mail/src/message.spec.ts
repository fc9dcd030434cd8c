import MailComposer from 'nodemailer/lib/mail-composer';
import { headerSafe, UnsafeHeader } from './header';
import { compose, senderOf, type OutgoingMail } from './message';

/** A small linear congruential generator, so that a failure can be run again. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  '\u2028',
  '\u202e',
  'Bcc:',
  'x@y.org',
  '<',
  '>',
  '"',
  ',',
  ';',
  ':',
].concat(['(', ')', '\\', ' ', '\t', 'é', 'ع', '🙂', '\ud800', '=?utf-8?q?=0d=0aBcc:?=', 'a', 'b', '%0d%0a']);

const EXPECTED = new Set(
  [
    'from',
    'to',
    'subject',
    'message-id',
    'content-language',
    'auto-submitted',
    'x-auto-response-suppress',
  ].concat(['list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'date', 'mime-version', 'content-type']),
);

describe('compose', () => {
  it('adds no header and no recipient, whatever is put into its fields', async () => {
    const next = random(20260101);
    const junk = (): string =>
      Array.from(
        { length: 1 + Math.floor(next() * 6) },
        () => PIECES[Math.floor(next() * PIECES.length)],
      ).join('');
    let composed = 0;
    for (let round = 0; round < 4000; round++) {
      const mail: OutgoingMail = {
        id: next() < 0.9 ? `id-${round}` : junk(),
        to: next() < 0.9 ? 'reader@example.org' : junk(),
        subject: next() < 0.5 ? junk() : headerSafe(junk()),
        html: '<p>x</p>',
        text: 'x',
        language: next() < 0.9 ? 'en' : junk(),
        list: {
          id: next() < 0.9 ? 'a.example.org' : junk(),
          name: next() < 0.7 ? 'Followed' : junk(),
          unsubscribeUrl: `https://a.org/u/${next() < 0.7 ? 'abc' : junk()}`,
        },
      };
      let options;
      try {
        options = compose(mail, { name: 'Followthrough', address: 'no-reply@a.org' }, 'a.org');
      } catch (error) {
        expect(error).toBeInstanceOf(UnsafeHeader);
        continue;
      }
      composed++;
      expect(options.envelope).toEqual({ from: 'no-reply@a.org', to: [mail.to] });
      if (round % 10 !== 0 && next() < 0.8) continue;
      const raw = (await new MailComposer(options).compile().build()).toString();
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
      const names = head
        .replace(/\r\n[ \t]/g, ' ')
        .split('\r\n')
        .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
      expect(names.filter((name) => !EXPECTED.has(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(composed).toBeGreaterThan(500);
  });
});

describe('senderOf', () => {
  it.each([
    ['a@b.org', { name: 'Followthrough', address: 'a@b.org' }],
    ['Suivi <a@b.org>', { name: 'Suivi', address: 'a@b.org' }],
    ['"Suivi, Tamarie" <a@b.org>', { name: 'Suivi, Tamarie', address: 'a@b.org' }],
    ['a b', null],
    ['Name <a@b.org>, x@y.org', null],
  ])('%s', (value, expected) => {
    expect(senderOf(value)).toEqual(expected);
  });
});
