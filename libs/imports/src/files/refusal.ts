import type { FileKind } from './kind';
import { UnreadableFile } from './types';

/** Kinds that no parser takes, each with what the person can do instead. */
export function refusal(kind: Exclude<FileKind, 'text' | 'docx' | 'xlsx' | 'xls'>): UnreadableFile {
  const [reason, cure] = sentences[kind];
  return new UnreadableFile(reason, cure);
}

const AS_SHEET = 'Open it in its program and save it as .xlsx or .csv.';

const sentences: Record<
  Exclude<FileKind, 'text' | 'docx' | 'xlsx' | 'xls'>,
  [reason: string, cure: string]
> = {
  empty: ['The file is empty.', 'Download or export it again.'],
  encrypted: [
    'The file is protected by a password.',
    'Open it in Office, remove the password under Info > Protect, and save it.',
  ],
  doc: [
    'The file is a Word document of before 2007 (.doc).',
    'Open it in Word or LibreOffice and save it as .docx.',
  ],
  pdf: [
    'The file is a PDF; its tables cannot be read reliably.',
    'Use the Word version (.docx) of the matrix, which stands beside it on the page of the review.',
  ],
  html: [
    'The file is a web page, whatever its name says.',
    'If it came from a download, sign in there again; if it is a table, open it in Excel and save it as .xlsx.',
  ],
  xml: ['The file is XML, which is not a list of recommendations.', AS_SHEET],
  json: ['The file is JSON, which cannot be read yet.', 'Export the same list as .xlsx or .csv.'],
  rtf: ['The file is rich text (.rtf).', 'Open it in Word or LibreOffice and save it as .docx.'],
  opendocument: ['The file is an OpenDocument file (.odt, .ods).', 'Save it as .docx or .xlsx.'],
  xlsb: ['The file is a binary workbook (.xlsb).', 'Open it in Excel and save it as .xlsx.'],
  powerpoint: ['The file is a presentation.', 'Use the document or table that holds the recommendations.'],
  zip: ['The file is a zip archive.', 'Unpack it and import the files inside one by one.'],
  archive: ['The file is a compressed archive.', 'Unpack it and import the files inside one by one.'],
  ole: ['The file is neither a Word document nor a workbook.', AS_SHEET],
  executable: ['The file is a program, not a document.', 'Check that you chose the right file.'],
  image: ['The file is a picture.', 'Use the document or table that holds the recommendations.'],
  binary: [
    'The file is neither a document nor a table that can be recognised.',
    'Check that you chose the right file; if it is damaged, get it again from where it came from.',
  ],
};
