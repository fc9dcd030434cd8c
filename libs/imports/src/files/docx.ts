import { DocumentReader, type DocxBlock } from './docx-reader';
import type { FileSource } from './types';
import { localName, parseXml, readXml } from './xml';
import { officePart, relationsOf } from './office-parts';
import { openZip, type ZipContainer } from './zip';

export type { DocxBlock, DocxCell, DocxRow } from './docx-reader';

/** A Word document: its paragraphs and table rows in order, and what stands around them. Close it when done. */
export interface DocxFile {
  /** Streams; can be called more than once. */
  blocks(): AsyncIterable<DocxBlock>;
  /** text of page headers and footers, a line a paragraph */
  margins: string;
  title: string;
  /** ISO date on which the document was made, '' if it does not say */
  created: string;
  close(): void;
}

/** Opens a .docx whatever its extension says. Macros are not looked at. */
export async function openDocx(source: FileSource): Promise<DocxFile> {
  const zip = await openZip(source);
  try {
    const main = await officePart(zip, 'officeDocument', 'word/document.xml');
    const properties = await propertiesOf(zip);
    return {
      blocks: () => blocksOf(zip, main),
      margins: await marginsOf(zip, main),
      ...properties,
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function* blocksOf(zip: ZipContainer, part: string): AsyncGenerator<DocxBlock> {
  const reader = new DocumentReader();
  for await (const _ of parseXml(zip.content(part), 'The document', reader)) {
    yield* reader.blocks;
    reader.blocks = [];
  }
  yield* reader.blocks;
}

async function marginsOf(zip: ZipContainer, main: string): Promise<string> {
  const lines: string[] = [];
  for (const { type, path } of await relationsOf(zip, main)) {
    if (!/\/(header|footer)$/.test(type) || !zip.has(path)) continue;
    for await (const block of blocksOf(zip, path)) {
      if (block.kind === 'paragraph') lines.push(block.text);
      else lines.push(...block.cells.map((cell) => cell.text));
    }
  }
  return lines.filter((line) => line.trim() !== '').join('\n');
}

async function propertiesOf(zip: ZipContainer): Promise<{ title: string; created: string }> {
  const found = { title: '', created: '' };
  const path = await officePart(zip, 'core-properties', 'docProps/core.xml');
  if (!zip.has(path)) return found;
  let current = '';
  await readXml(zip.content(path), 'The table of properties', {
    open: (tag) => (current = localName(tag.name)),
    text: (text) => {
      if (current === 'title') found.title += text;
      if (current === 'created') found.created += text;
    },
    close: () => (current = ''),
  });
  return { title: found.title.trim(), created: /^\d{4}-\d{2}-\d{2}/.exec(found.created.trim())?.[0] ?? '' };
}
