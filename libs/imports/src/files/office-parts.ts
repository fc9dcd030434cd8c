import { posix } from 'node:path';
import { attribute, localName, readXml } from './xml';
import type { ZipContainer } from './zip';

interface Relation {
  id: string;
  type: string;
  path: string;
}

/** Path of a part by the type of its relation, for files that name their parts otherwise than Office does. */
export async function officePart(zip: ZipContainer, type: string, usual: string): Promise<string> {
  if (zip.has(usual)) return usual;
  return (await relationsOf(zip, '')).find((relation) => relation.type.endsWith(`/${type}`))?.path ?? usual;
}

export async function relationsOf(zip: ZipContainer, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!zip.has(path)) return relations;
  await readXml(zip.content(path), 'The table of parts', {
    open(tag) {
      if (localName(tag.name) !== 'Relationship' || attribute(tag, 'TargetMode') === 'External') return;
      const target = attribute(tag, 'Target');
      relations.push({
        id: attribute(tag, 'Id'),
        type: attribute(tag, 'Type'),
        path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
  });
  return relations;
}
