import type { RecommendationFilter } from '@followthrough/contracts';
import { facets, facetValues, type Countable, type Facet } from './facet-terms';

/** A recommendation as the index knows it. */
export interface IndexRow extends Countable {
  /** Small whole number that names the row in the read model. */
  no: number;
  /** Sort key of place: State, document, paragraph. */
  documentOrder: string;
  /** Sort key of time, the later the greater: review date, else the time of recording. */
  time: string;
}

export const sorts = ['paragraph', 'newest'] as const;
export type Sort = (typeof sorts)[number];

export interface FacetCount {
  value: string;
  count: number;
}

export interface IndexPage {
  /** Rows that the filter lets through. */
  total: number;
  /** Rows there are. */
  all: number;
  /** `no` of the rows of the page, in order. */
  page: number[];
  /**
   * Counts a facet, under all selections but its own, so that one sees what else could be chosen. Values that
   * no row under the filter has are there with 0.
   */
  facets: Record<Facet, FacetCount[]>;
}

interface Entry {
  no: number;
  documentOrder: string;
  time: string;
  /** Ids of its terms, all facets together. */
  terms: number[];
}

const comparisons: Record<Sort, (a: Entry, b: Entry) => number> = {
  paragraph: (a, b) => compare(a.documentOrder, b.documentOrder) || a.no - b.no,
  newest: (a, b) => compare(b.time, a.time) || comparisons.paragraph(a, b),
};

/**
 * Counts and pages of all recommendations in one pass over numbers in memory. Counting eleven facets, each
 * without its own selection, costs a database a scan and an aggregation a facet; here a row costs one look at
 * each of its ten to twenty terms.
 */
export class FacetIndex {
  private readonly entries = new Map<number, Entry>();
  private readonly termIds = new Map<string, number>();
  private readonly terms: { facet: number; value: string; uses: number }[] = [];
  private readonly touched = new Set<number>();
  private readonly ordered: Record<Sort, Entry[]> = { paragraph: [], newest: [] };

  get size(): number {
    return this.entries.size;
  }

  /** Takes a row in, in place of an earlier one of the same number. */
  put(row: IndexRow): void {
    this.remove(row.no);
    const values = facetValues(row);
    const terms = facets.flatMap((facet, index) => values[facet].map((value) => this.termId(index, value)));
    for (const term of terms) this.terms[term]!.uses += 1;
    this.entries.set(row.no, { no: row.no, documentOrder: row.documentOrder, time: row.time, terms });
    this.touched.add(row.no);
  }

  remove(no: number): void {
    const entry = this.entries.get(no);
    if (!entry) return;
    for (const term of entry.terms) this.terms[term]!.uses -= 1;
    this.entries.delete(no);
    this.touched.add(no);
  }

  /**
   * @param found rows that the words of the search are in; null where there are no words
   * @param window first row of the page and number of rows
   */
  list(
    filter: RecommendationFilter,
    found: ReadonlySet<number> | null,
    sort: Sort,
    window: { first: number; size: number },
  ): IndexPage {
    const { wanted, required } = this.selection(filter);
    const facetOf = Uint8Array.from(this.terms, (term) => term.facet);
    const counts = new Int32Array(this.terms.length);
    const page: number[] = [];
    let total = 0;
    for (const { no, terms } of this.inOrder(sort)) {
      if (found && !found.has(no)) continue;
      let missing = required;
      for (let i = 0; missing !== 0 && i < terms.length; i += 1) {
        if (wanted[terms[i]!] === 1) missing &= ~(1 << facetOf[terms[i]!]!);
      }
      if (missing === 0) {
        if (total >= window.first && page.length < window.size) page.push(no);
        total += 1;
        for (let i = 0; i < terms.length; i += 1) counts[terms[i]!]! += 1;
      } else if ((missing & (missing - 1)) === 0) {
        // Fails one facet's selection only: it is among what that facet could be widened to.
        const facet = 31 - Math.clz32(missing);
        for (let i = 0; i < terms.length; i += 1) if (facetOf[terms[i]!] === facet) counts[terms[i]!]! += 1;
      }
    }
    return { total, all: this.entries.size, page, facets: this.facetCounts(counts) };
  }

  /** How often each value of one facet goes with each value of another. */
  together(facet: Facet, other: Facet): Map<string, Map<string, number>> {
    const [one, two] = [facets.indexOf(facet), facets.indexOf(other)];
    const counts = new Map<string, Map<string, number>>();
    for (const { terms } of this.entries.values()) {
      for (const value of this.valuesOf(terms, one)) {
        const others = counts.get(value) ?? new Map<string, number>();
        counts.set(value, others);
        for (const with_ of this.valuesOf(terms, two)) others.set(with_, (others.get(with_) ?? 0) + 1);
      }
    }
    return counts;
  }

  private valuesOf(terms: number[], facet: number): string[] {
    return terms.filter((term) => this.terms[term]!.facet === facet).map((term) => this.terms[term]!.value);
  }

  private selection(filter: RecommendationFilter): { wanted: Uint8Array; required: number } {
    const wanted = new Uint8Array(this.terms.length);
    let required = 0;
    facets.forEach((facet, index) => {
      const values = filter[facet];
      if (!values) return;
      required |= 1 << index;
      for (const value of values) {
        const id = this.termIds.get(`${index}:${value}`);
        if (id !== undefined) wanted[id] = 1;
      }
    });
    return { wanted, required };
  }

  private facetCounts(counts: Int32Array): Record<Facet, FacetCount[]> {
    const lists = facets.map((): FacetCount[] => []);
    this.terms.forEach(({ facet, value, uses }, id) => {
      if (uses > 0) lists[facet]!.push({ value, count: counts[id]! });
    });
    for (const list of lists) list.sort((a, b) => b.count - a.count || compare(a.value, b.value));
    return Object.fromEntries(facets.map((facet, index) => [facet, lists[index]!])) as Record<
      Facet,
      FacetCount[]
    >;
  }

  /** A sort of what is sorted but for a few rows at the end costs one pass. */
  private inOrder(sort: Sort): Entry[] {
    if (this.touched.size > 0) {
      const fresh = [...this.touched].flatMap((no) => this.entries.get(no) ?? []);
      for (const one of sorts) {
        const standing = this.ordered[one].filter((entry) => !this.touched.has(entry.no));
        this.ordered[one] = [...standing, ...fresh].sort(comparisons[one]);
      }
      this.touched.clear();
    }
    return this.ordered[sort];
  }

  private termId(facet: number, value: string): number {
    const key = `${facet}:${value}`;
    const known = this.termIds.get(key);
    if (known !== undefined) return known;
    this.termIds.set(key, this.terms.length);
    return this.terms.push({ facet, value, uses: 0 }) - 1;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
