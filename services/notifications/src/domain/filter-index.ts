import {
  NONE,
  searchText,
  searchWords,
  type Filterable,
  type RecommendationFilter,
} from '@followthrough/contracts';
import { goalOf, withTargets } from '@followthrough/vocabulary';

/** One thing that follows: whatever the caller wants back when its filter matches. */
export interface Follower {
  id: string;
  filter: RecommendationFilter;
  /** Canonical form of the filter; followers with the same one are matched once. */
  filterKey: string;
}

interface Node<F extends Follower> {
  key: string;
  /** Each further field that the filter names, as terms of which one must be present. */
  others: string[][];
  /** Words of `q`, of which all must occur. */
  words: string[];
  anchors: readonly string[];
  followers: Map<string, F>;
}

/** How often a term of a field is expected in an event, one in so many. The rarest field finds the filter. */
const RARITY: Record<string, number> = {
  stateUnderReview: 190,
  recommendingState: 90,
  session: 45,
  theme: 40,
  group: 25,
  sdg: 25,
  cycle: 4,
  actionCategory: 4,
  mechanism: 2,
  position: 2,
  kind: 1,
};

/** Stands in the postings for filters that no term can find: the empty one, and words alone. */
const ALWAYS = '*';

/**
 * Which of many filters match a recommendation. Inverted: a filter is filed under the terms of its rarest
 * field only, an event looks up its own terms (some thirty) and checks what it finds. The answer equals
 * `matchesFilter` on every filter.
 */
export class FilterIndex<F extends Follower> {
  private readonly postings = new Map<string, Set<Node<F>>>();
  private readonly nodes = new Map<string, Node<F>>();
  private readonly nodeOf = new Map<string, Node<F>>();

  get size(): number {
    return this.nodeOf.size;
  }

  /** Adds a follower, or replaces the one with the same id. */
  put(follower: F): void {
    this.remove(follower.id);
    let node = this.nodes.get(follower.filterKey);
    if (!node) {
      node = nodeFor<F>(follower);
      this.nodes.set(node.key, node);
      for (const term of node.anchors) {
        const posting = this.postings.get(term);
        if (posting) posting.add(node);
        else this.postings.set(term, new Set([node]));
      }
    }
    node.followers.set(follower.id, follower);
    this.nodeOf.set(follower.id, node);
  }

  remove(id: string): void {
    const node = this.nodeOf.get(id);
    if (!node) return;
    this.nodeOf.delete(id);
    node.followers.delete(id);
    if (node.followers.size > 0) return;
    this.nodes.delete(node.key);
    for (const term of node.anchors) {
      const posting = this.postings.get(term);
      posting?.delete(node);
      if (posting?.size === 0) this.postings.delete(term);
    }
  }

  /** Every follower whose filter matches, each once. */
  matching(recommendation: Filterable): F[] {
    const terms = termsOf(recommendation);
    const found: F[] = [];
    const tried = new Set<Node<F>>();
    let text: string | null = null;
    for (const term of [ALWAYS, ...terms]) {
      for (const node of this.postings.get(term) ?? []) {
        if (node.anchors.length > 1) {
          if (tried.has(node)) continue;
          tried.add(node);
        }
        if (!node.others.every((field) => field.some((wanted) => terms.has(wanted)))) continue;
        if (node.words.length > 0) {
          const searched = (text ??= searchText(recommendation));
          if (!node.words.every((word) => searched.includes(word))) continue;
        }
        for (const follower of node.followers.values()) found.push(follower);
      }
    }
    return found;
  }
}

function nodeFor<F extends Follower>({ filter, filterKey }: F): Node<F> {
  const { q, ...rest } = filter;
  const fields: string[][] = [];
  let anchors: readonly string[] = [ALWAYS];
  let cost = Infinity;
  for (const [field, values] of Object.entries(rest)) {
    if (values === undefined) continue;
    const terms = values.map((value) => `${field}:${value}`);
    fields.push(terms);
    const expected = terms.length / (RARITY[field] ?? 1);
    if (expected < cost) [cost, anchors] = [expected, terms];
  }
  const others = fields.filter((terms) => terms !== anchors);
  return {
    key: filterKey,
    others,
    words: q === undefined ? [] : searchWords(q),
    anchors,
    followers: new Map(),
  };
}

/** Everything a filter's field could ask for that this recommendation has, as `field:value`. */
function termsOf(recommendation: Filterable): Set<string> {
  const terms = new Set<string>();
  const one = (field: string, value: string): void =>
    void terms.add(`${field}:${value === '' ? NONE : value}`);
  const some = (field: string, values: readonly string[]): void => {
    if (values.length === 0) terms.add(`${field}:${NONE}`);
    for (const value of values) terms.add(`${field}:${value}`);
  };
  one('stateUnderReview', recommendation.stateUnderReview);
  some('recommendingState', recommendation.recommendingStates);
  one('position', recommendation.position);
  some('theme', recommendation.themes);
  some('group', recommendation.groups);
  some('sdg', recommendation.sdgs.flatMap(withGoal));
  one('mechanism', recommendation.mechanism);
  one('kind', recommendation.kind);
  terms.add(`cycle:${recommendation.cycle}`);
  terms.add(`session:${recommendation.session}`);
  terms.add(`actionCategory:${recommendation.actionCategory}`);
  return terms;
}

/** A goal in a filter asks for its targets too: a target is found under itself and under its goal. */
function withGoal(sdg: string): string[] {
  const goal = goalOf(sdg);
  return goal !== sdg && withTargets(goal).includes(sdg) ? [sdg, goal] : [sdg];
}
