/**
 * The symbol of the report that contains the recommendations, from what a matrix names as source of a position:
 * the State's answer is an addendum to it (A/HRC/28/15/Add.1). '' where none is named.
 */
export function reportSymbol(source: string): string {
  const found = /\bA\s*\/\s*(?:HRC|\d{2})(?:\s*\/\s*[A-Z0-9][\w.]*)+/.exec(source)?.[0];
  if (!found) return '';
  return found
    .replace(/\s+/g, '')
    .replace(/\/(Add|Corr|Rev)\.?\d*.*$/i, '')
    .replace(/\.$/, '');
}

/** The symbol that most rows give: a matrix belongs to one report, and a few of its rows are misprinted. */
export function commonSymbol(sources: string[]): string | null {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const symbol = reportSymbol(source);
    if (symbol !== '') counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
