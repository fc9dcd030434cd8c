import ar from '../gen/state-names.ar.json';
import en from '../gen/state-names.en.json';
import es from '../gen/state-names.es.json';
import fr from '../gen/state-names.fr.json';
import ru from '../gen/state-names.ru.json';
import zh from '../gen/state-names.zh.json';
import listed from '../gen/state-aliases.json';
import { type NameKey, nameKey } from './key';
import { formerNames } from './names';
import { type Period } from './period';
import { isDemoState } from './states';

/** What kind of name it is: the UN's short or formal name, another name in use, an abbreviation, a former name. */
export type NameKind = 'short' | 'formal' | 'variant' | 'abbreviation' | 'historic';

export interface Alias extends NameKey, Period {
  code: string;
  name: string;
  kind: NameKind;
  demo: boolean;
}

interface AliasIndex {
  all: Alias[];
  /** Aliases by their words in order. */
  ordered: Map<string, Alias[]>;
  /** Aliases by their words sorted. */
  bag: Map<string, Alias[]>;
}

let index: AliasIndex | undefined;

/** Every name of every State, made when first asked for: it takes some milliseconds. */
export function aliasIndex(): AliasIndex {
  index ??= build();
  return index;
}

function build(): AliasIndex {
  const all: Alias[] = [];
  const seen = new Set<string>();
  const add = (code: string, name: string, kind: NameKind, period: Period = { from: '', to: '' }) => {
    const key = nameKey(name);
    const mark = [code, kind, key.ordered, period.to].join('|');
    if (key.ordered === '' || seen.has(mark)) return;
    seen.add(mark);
    all.push({ code, name, kind, ...key, from: period.from, to: period.to, demo: isDemoState(code) });
  };
  for (const names of [en, fr, es, ru, ar, zh]) {
    for (const [code, name] of Object.entries(names)) add(code, name, 'short');
  }
  for (const [code, kinds] of Object.entries(listed)) {
    for (const name of kinds.formal) add(code, name, 'formal');
    for (const name of kinds.variant) add(code, name, 'variant');
    for (const name of kinds.abbreviation) add(code, name, 'abbreviation');
  }
  for (const former of formerNames) {
    for (const name of Object.values(former.names)) add(former.code, name, 'historic', former);
  }
  return { all, ordered: groupBy(all, 'ordered'), bag: groupBy(all, 'bag') };
}

function groupBy(aliases: Alias[], key: 'ordered' | 'bag'): Map<string, Alias[]> {
  const groups = new Map<string, Alias[]>();
  for (const alias of aliases) {
    const group = groups.get(alias[key]);
    if (group) group.push(alias);
    else groups.set(alias[key], [alias]);
  }
  return groups;
}
