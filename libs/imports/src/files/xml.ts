import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadableFile } from './types';

export type XmlTag = SaxesTagPlain;

export interface XmlEvents {
  open?(tag: XmlTag): void;
  close?(tag: XmlTag): void;
  text?(text: string): void;
}

/** The parser keeps a text until its next tag, so a text without end would fill the memory. */
const TEXT_LIMIT = 8_000_000;

/**
 * Feeds XML to `events` piece by piece. Entities of a document type are never expanded, and Office writes none,
 * so a document type is refused: that is how entity bombs come. `part` names the XML in sentences.
 */
export async function* parseXml(
  content: AsyncIterable<Buffer>,
  part: string,
  events: XmlEvents,
): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  parser.on('doctype', () => {
    throw new UnreadableFile(
      `${part} declares XML entities, which no Office program does; files like this are made to stop servers.`,
      'Get the document again from where it came from.',
    );
  });
  parser.on('error', (error) => {
    throw new UnreadableFile(
      `${part} is damaged (${error.message.replace(/\.$/, '')}).`,
      'Get the file again from where it came from, or open it in Office and save it anew.',
    );
  });
  let sinceTag = 0;
  parser.on('opentag', (tag) => {
    sinceTag = 0;
    events.open?.(tag);
  });
  parser.on('closetag', (tag) => {
    sinceTag = 0;
    events.close?.(tag);
  });
  if (events.text) parser.on('text', (text) => events.text!(text));
  let decoder: TextDecoder | null = null;
  for await (const chunk of content) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    parser.write(decoder.decode(chunk, { stream: true }));
    sinceTag += chunk.length;
    if (sinceTag > TEXT_LIMIT) {
      throw new UnreadableFile(
        `${part} holds one text of over ${TEXT_LIMIT / 1e6} million characters, which no document does.`,
        'Get the document again from where it came from.',
      );
    }
    yield;
  }
  parser.write(decoder?.decode() ?? '').close();
}

/** Reads XML to its end. */
export async function readXml(
  content: AsyncIterable<Buffer>,
  part: string,
  events: XmlEvents,
): Promise<void> {
  for await (const _ of parseXml(content, part, events)) continue;
}

/** The tag's name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Value of an attribute, '' where absent. `prefix` as usually written; other prefixes are found as well. */
export function attribute(tag: XmlTag, name: string, prefix = ''): string {
  const exact = tag.attributes[prefix + name];
  if (exact !== undefined) return exact;
  if (prefix === '') return '';
  const other = Object.keys(tag.attributes).find((key) => key.includes(':') && localName(key) === name);
  return other ? (tag.attributes[other] ?? '') : '';
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
