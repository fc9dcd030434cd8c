import { referencesIn, type Reference } from './cells';

/** Where a recommendation stands. */
export interface Place {
  recommendationId: string;
  symbol: string;
  paragraph: string;
}

/** Finds the recommendations that a plan refers to: by id, by symbol and paragraph, or a paragraph that is one's only. */
export class References {
  private readonly ids = new Set<string>();
  private readonly places = new Map<string, string | null>();

  constructor(lines: readonly Place[]) {
    for (const { recommendationId, symbol, paragraph } of lines) {
      this.ids.add(recommendationId);
      if (paragraph === '') continue;
      for (const place of [`${symbol} ${paragraph}`, ` ${paragraph}`]) {
        this.places.set(place, this.places.has(place) ? null : recommendationId);
      }
    }
  }

  one({ symbol, paragraph, text }: Reference): string | null {
    if (this.ids.has(text)) return text;
    return paragraph === '' ? null : (this.places.get(`${symbol} ${paragraph}`) ?? null);
  }

  all(references: readonly Reference[]): { found: string[]; open: Reference[] } {
    const found = new Set<string>();
    const open: Reference[] = [];
    for (const reference of references) {
      const id = this.one(reference);
      if (id === null) open.push(reference);
      else found.add(id);
    }
    return { found: [...found], open };
  }

  /** How to refer to a recommendation so that the way back finds it: by its place, else by its id. */
  nameOf({ recommendationId, symbol, paragraph }: Place): string {
    const place = `${symbol} ${paragraph}`;
    const read = referencesIn(place);
    return read.length === 1 && this.one(read[0]!) === recommendationId ? place : recommendationId;
  }
}
