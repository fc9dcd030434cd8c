import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { decode } from 'iconv-lite';
import { findUprSession, reviewOfSymbol, sessionToCycle, uprSessions } from './upr-sessions';

describe('sessions of the UPR', () => {
  it('are 54 in four cycles, one after the other', () => {
    expect(uprSessions).toHaveLength(54);
    expect(uprSessions.map(({ session }) => session)).toEqual(Array.from({ length: 54 }, (_, at) => at + 1));
    for (const [at, session] of uprSessions.entries()) {
      expect(session.from <= session.to).toBe(true);
      expect((uprSessions[at - 1]?.to ?? '') < session.from).toBe(true);
    }
  });

  it.each([
    [1, 1],
    [12, 1],
    [13, 2],
    [26, 2],
    [27, 3],
    [40, 3],
    [41, 4],
    [54, 4],
    [55, null],
    [0, null],
    [1.5, null],
  ])('session %d is of cycle %p', (session, cycle) => {
    expect(sessionToCycle(session)).toBe(cycle);
  });

  it('say how exactly their dates are known', () => {
    expect(findUprSession(20)).toEqual({ session: 20, cycle: 2, from: '2014-10-27', to: '2014-11-07' });
    expect(findUprSession(15)).toMatchObject({ from: '2013-01', to: '2013-02' });
    expect(findUprSession(55)).toBeUndefined();
  });
});

describe('reviewOfSymbol', () => {
  it.each([
    ['A/HRC/28/15', { session: 20, cycle: 2, state: null }],
    ['A/HRC/28/15/Add.1', { session: 20, cycle: 2, state: null }],
    ['A/HRC/43/15', { session: 34, cycle: 3, state: null }],
    ['A/HRC/59/15', { session: 48, cycle: 4, state: null }],
    ['A/HRC/8/33', { session: null, cycle: 1, state: null }],
    ['A/HRC/WG.6/20/SVN/1', { session: 20, cycle: 2, state: 'SVN' }],
    ['a/hrc/wg.6/48/l.3', { session: 48, cycle: 4, state: null }],
    ['A/HRC/20/4', null],
    ['CEDAW/C/SVN/CO/5-6', null],
    ['', null],
  ])('%s', (symbol, review) => {
    expect(reviewOfSymbol(symbol)).toEqual(review);
  });
});

const folder = sharedData('upr/wg-reports/txt');
const ordinals = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
  'sixteenth seventeenth eighteenth nineteenth twentieth'
).split(' ');

(folder ? it : it.skip)('dates and series agree with the Working Group reports', () => {
  let checked = 0;
  for (const file of readdirSync(folder ?? '')) {
    const text = decode(readFileSync(join(folder ?? '', file)), 'macroman').replace(/\s+/g, ' ');
    const held =
      /held its (\w+) session (?:in Geneva )?from (\d+) (?:(\w+) (?:\d{4} )?)?to (\d+) (\w+) (\d{4})/.exec(
        text,
      );
    if (!held) continue;
    const session = ordinals.indexOf(held[1] ?? '') + 1;
    const day = (date: string) => new Date(`${date} UTC`).toISOString().slice(0, 10);
    expect({ file, ...findUprSession(session) }).toMatchObject({
      file,
      from: day(`${held[2]} ${held[3] ?? held[5]} ${held[6]}`),
      to: day(`${held[4]} ${held[5]} ${held[6]}`),
    });
    const symbol = /A\/HRC\/\d+\/\d+/.exec(text.slice(0, 400))?.[0];
    if (symbol) expect([file, session, null]).toContain(reviewOfSymbol(symbol)?.session ?? null);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(80);
});
