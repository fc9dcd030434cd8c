import { walk } from './markup';

interface Step {
  /** offset of the element, once met */
  offset: number | null;
  children: Map<string, Step>;
}

/**
 * Offsets of elements in a document by the paths that libxml2 gives its nodes (`/iati-activities/iati-activity/
 * transaction[3]/value/@currency`): names with their prefix, `*` in a default namespace, positions where there are
 * several. An attribute is where its element is. Null where a path leads nowhere.
 */
export function locate(xml: string, paths: readonly string[]): (number | null)[] {
  const top: Step = { offset: null, children: new Map() };
  const wanted = paths.map((path) => {
    let step = top;
    for (const segment of path.split('/').slice(1)) {
      if (segment.startsWith('@') || segment.includes('(')) break;
      const key = segment.endsWith(']') ? segment : `${segment}[1]`;
      let next = step.children.get(key);
      if (!next) step.children.set(key, (next = { offset: null, children: new Map() }));
      step = next;
    }
    return step;
  });
  const open: { step: Step | undefined; counts: Map<string, number> | null }[] = [
    { step: top, counts: new Map() },
  ];
  const count = (counts: Map<string, number>, name: string) => {
    const place = (counts.get(name) ?? 0) + 1;
    counts.set(name, place);
    return `${name}[${place}]`;
  };
  walk(xml, {
    open(name, from) {
      const { step, counts } = open.at(-1)!;
      let met: Step | undefined;
      if (step && counts) {
        const [named, any] = [count(counts, name), count(counts, '*')];
        met = step.children.get(named) ?? step.children.get(any);
        if (met) met.offset ??= from;
      }
      open.push({ step: met, counts: met && met.children.size > 0 ? new Map() : null });
    },
    close() {
      if (open.length > 1) open.pop();
    },
  });
  return wanted.map((step) => step.offset);
}
