/** Where something stands in its file, in words: `line 12`, `UPR, row 5, cell C5`, `table 1, row 7`. */
export function addressText(at: Record<string, unknown>): string {
  const { sheet, ...places } = at as Record<string, string | number>;
  const words = Object.entries(places).map(([place, value]) => `${place} ${value}`);
  return [...(sheet === undefined ? [] : [String(sheet)]), ...words].join(', ');
}
