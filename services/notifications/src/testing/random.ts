import type { Filterable, RecommendationFilter } from '@followthrough/contracts';

/** A small linear congruential generator, so that a failure can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

const STATES = Array.from(
  { length: 193 },
  (_, n) => `${String.fromCharCode(65 + (n % 26))}${String.fromCharCode(65 + Math.floor(n / 26))}X`,
);
const THEMES = Array.from({ length: 50 }, (_, n) => `theme-${n}`);
const GROUPS = ['women', 'children', 'minorities', 'migrants', 'persons-with-disabilities'];
const SDGS = ['1', '3', '4', '5', '5.1', '5.2', '8', '10', '10.3', '16', '16.2', '16.a', '17'];
const POSITIONS = ['supported', 'noted', 'partly', 'pending', 'unclear'] as const;
const WORDS = ['torture', 'égalité', 'death', 'penalty', 'ratify', 'children', 'education', 'police'];

/** Recommendations and filters as varied as real ones, and empty values among them. */
export class RandomWorld {
  constructor(private readonly random: () => number) {}

  recommendation(): Filterable {
    return {
      kind: this.random() < 0.1 ? 'pledge' : 'recommendation',
      mechanism: this.one(['UPR', 'UPR', 'CEDAW', 'CRC']),
      stateUnderReview: this.random() < 0.03 ? '' : this.one(STATES),
      cycle: this.whole(5),
      session: this.whole(48),
      symbol: `A/HRC/${this.whole(60)}/${this.whole(30)}`,
      paragraph: `${this.whole(150)}.${this.whole(200)}`,
      text: this.some(WORDS, 4).join(' '),
      recommendingStates: this.some(STATES, 3),
      position: this.random() < 0.1 ? '' : this.one(POSITIONS),
      actionCategory: this.whole(6),
      themes: this.some(THEMES, 4),
      groups: this.some(GROUPS, 3),
      sdgs: this.some(SDGS, 3),
    };
  }

  /** What people follow: mostly a State, else a theme, a group, a goal or who recommends, often one position. */
  usualFilter(): RecommendationFilter {
    const about = this.random();
    const filter: RecommendationFilter =
      about < 0.55
        ? { stateUnderReview: this.some(STATES, 2, 1) }
        : about < 0.7
          ? { recommendingState: this.some(STATES, 1, 1) }
          : about < 0.85
            ? { theme: this.some(THEMES, 2, 1), mechanism: ['UPR'] }
            : about < 0.95
              ? { sdg: this.some(SDGS, 1, 1), group: this.some(GROUPS, 1, 1) }
              : { q: this.some(WORDS, 2, 2).join(' '), stateUnderReview: this.some(STATES, 5, 1) };
    if (this.random() < 0.4) filter.position = this.some(POSITIONS, 2, 1);
    return filter;
  }

  filter(): RecommendationFilter {
    const filter: RecommendationFilter = {};
    const maybe = (chance: number): boolean => this.random() < chance;
    const orNone = (values: string[]): string[] => (maybe(0.1) ? [...values, 'none'] : values);
    if (maybe(0.6)) filter.stateUnderReview = orNone(this.some(STATES, 3, 1));
    if (maybe(0.3)) filter.recommendingState = orNone(this.some(STATES, 3, 1));
    if (maybe(0.2)) filter.position = this.some([...POSITIONS, 'none' as const], 2, 1);
    if (maybe(0.3)) filter.theme = orNone(this.some(THEMES, 3, 1));
    if (maybe(0.2)) filter.group = orNone(this.some(GROUPS, 2, 1));
    if (maybe(0.2)) filter.sdg = orNone(this.some(SDGS, 2, 1));
    if (maybe(0.1)) filter.mechanism = [this.one(['UPR', 'CEDAW'])];
    if (maybe(0.1)) filter.cycle = [this.whole(5)];
    if (maybe(0.1)) filter.session = [this.whole(48)];
    if (maybe(0.1)) filter.actionCategory = [this.whole(6)];
    if (maybe(0.1)) filter.kind = ['recommendation'];
    if (maybe(0.1)) filter.q = this.some(WORDS, 2, 1).join(' ').toUpperCase();
    return filter;
  }

  private whole(below: number): number {
    return Math.floor(this.random() * below);
  }

  private one<T>(values: readonly T[]): T {
    return values[this.whole(values.length)] as T;
  }

  private some<T>(values: readonly T[], most: number, least = 0): T[] {
    const wanted = least + this.whole(most - least + 1);
    return [...new Set(Array.from({ length: wanted }, () => this.one(values)))];
  }
}
