import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { decode, encode } from 'iconv-lite';
import { decodedText, surveyText } from './encoding';

const words = 'Señora Núñez visited Côte d’Ivoire and “São Tomé” – Curaçao’s café, Zürich, Malmö.\n';

async function roundTrip(bytes: Buffer) {
  const survey = await surveyText({ bytes });
  let text = '';
  for await (const piece of decodedText({ bytes }, survey)) text += piece;
  return { survey, text };
}

describe('surveyText and decodedText', () => {
  it.each([
    ['utf-8', Buffer.from(words)],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(words)])],
    ['macintosh', encode(words, 'macintosh')],
    ['windows-1252', encode(words, 'windows-1252')],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), encode(words, 'utf-16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), encode(words, 'utf-16be')])],
    ['utf-16le', encode(words, 'utf-16le')],
    ['utf-16be', encode(words, 'utf-16be')],
  ])('reads %s', async (encoding, bytes) => {
    const { survey, text } = await roundTrip(bytes);
    expect(survey.encoding).toBe(encoding);
    expect(text).toBe(words);
  });

  it.each([
    ['windows-1251', 'Рекомендация государства Чешская Республика принята к сведению.\n'],
    ['windows-1256', 'توصية الدولة بالتصديق على الاتفاقية الدولية\n'],
  ])('reads %s', async (encoding, text) => {
    const read = await roundTrip(encode(text, encoding));
    expect(read.survey.encoding).toBe(encoding);
    expect(read.text).toBe(text);
  });

  it('takes plain ASCII for UTF-8, which it is', async () => {
    expect((await roundTrip(Buffer.from('State,Text\n'))).survey).toMatchObject({
      encoding: 'utf-8',
      guessedFrom: null,
    });
  });

  it('takes UTF-8 with one broken byte for UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(words), Buffer.from([0x8e]), Buffer.from('xy\n')]);
    const { survey, text } = await roundTrip(bytes);
    expect(survey).toMatchObject({ encoding: 'utf-8', invalidPlaces: 1 });
    expect(text).toBe(`${words}\ufffdxy\n`);
  });

  it('never cuts a character at the border of two chunks', async () => {
    const long = 'é'.repeat(400_000);
    expect((await roundTrip(Buffer.from(`a${long}`))).text).toBe(`a${long}`);
  });

  it.each([
    ['a\rb\rc', '\r'],
    ['a\r\nb\r\nc', '\n'],
    ['a\nb\rb\nc\nd', '\n'],
  ])('finds the line end of %j', async (text, lineEnd) => {
    expect((await surveyText({ bytes: Buffer.from(text) })).lineEnd).toBe(lineEnd);
  });

  it('knows the encoding of every Working Group report, as it came and re-encoded', async () => {
    const folder = sharedData('upr/wg-reports/txt');
    if (!folder) return;
    const wrong: string[] = [];
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      const again = encode(decode(bytes, 'macintosh'), 'windows-1252');
      if ((await surveyText({ bytes })).encoding !== 'macintosh') wrong.push(name);
      if ((await surveyText({ bytes: again })).encoding !== 'windows-1252') wrong.push(`${name} re-encoded`);
    }
    expect(wrong).toEqual([]);
  });
});
