import { readDelimited } from './delimited';
import { guessDialect } from './dialect';
import { decodedText, surveyText, type TextSurvey } from './encoding';
import type { TableFile, TableRow } from './table';
import type { FileSource } from './types';

const BEGINNING_CHARACTERS = 128 * 1024;
/** With fewer letters than this outside ASCII, a guessed encoding is worth a look by a person. */
const FEW_LETTERS = 20;

/** Opens delimited text of any encoding, delimiter and line end. */
export async function openTextTable(source: FileSource): Promise<TableFile> {
  const survey = await surveyText(source);
  let beginning = '';
  for await (const piece of decodedText(source, survey)) {
    beginning += piece;
    if (beginning.length >= BEGINNING_CHARACTERS) break;
  }
  const dialect = guessDialect(beginning.slice(0, BEGINNING_CHARACTERS), survey.lineEnd);
  async function* rows(): AsyncGenerator<TableRow> {
    const options = { delimiter: dialect.delimiter, lineEnd: survey.lineEnd, width: dialect.width };
    for await (const record of readDelimited(decodedText(source, survey), options)) {
      if (record.line <= dialect.skipLines) continue;
      const row: TableRow = { at: { line: record.line }, cells: record.cells };
      if (record.damage) row.damage = record.damage;
      else if (survey.invalidPlaces > 0 && record.cells.some((cell) => cell.includes('\ufffd'))) {
        row.damage = 'it contains bytes that are no letters in the encoding of the file (UTF-8)';
      } else if (record.cells.some((cell) => cell.includes('\0'))) {
        row.damage = 'it contains zero bytes, which no text has';
      }
      yield row;
    }
  }
  return {
    sheets: [{ name: '', hidden: false, rows }],
    encoding: survey.encoding,
    delimiter: dialect.delimiter,
    warnings: warningsOf(survey),
    close: () => undefined,
  };
}

function warningsOf(survey: TextSurvey): string[] {
  if (survey.guessedFrom !== null && survey.guessedFrom < FEW_LETTERS) {
    return [
      `The encoding ${survey.encoding} is a guess from only ${survey.guessedFrom} letters; look at names with accents.`,
    ];
  }
  if (survey.invalidPlaces > 0) {
    return [`The file is UTF-8, but damaged in ${survey.invalidPlaces} places; the rows there are rejected.`];
  }
  return [];
}
