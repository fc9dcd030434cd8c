import { fold } from '../fold';
import { decodeEntities } from '../states/key';

/**
 * What the labels of one topic share across exports: no "Theme:", bullet or code ("A12") before it, no closing
 * "general", `&` and "and" alike, no punctuation.
 */
export function topicKey(label: string): string {
  const text = decodeEntities(label)
    .replace(/^\s*(?:theme\s*:)?[\s\-–•]*/i, '')
    .replace(/^[A-H]\d{1,2}\s+(?=\S)/, '');
  const words = fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== 'and' && word !== 'et');
  if (words.length > 1 && words.at(-1) === 'general') words.pop();
  return words.join(' ');
}
