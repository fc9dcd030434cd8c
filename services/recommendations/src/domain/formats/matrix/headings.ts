import { fold } from '@followthrough/vocabulary';
import type { DocxRow } from '@followthrough/imports/files';

export type MatrixColumn =
  'number' | 'recommendation' | 'states' | 'position' | 'themes' | 'sdgs' | 'assessment';

/** Grid columns of a table by what they hold. */
export type MatrixColumns = Partial<Record<MatrixColumn, number>>;

/** Headings in the languages of OHCHR's matrices; the first pattern that fits names the column. */
const patterns: [MatrixColumn, RegExp][] = [
  [
    'number',
    /^(no|nr|n[o0°º]?|number|para(graph)?s?|numero|num|parrafo|paragraphe|#|no of recommendation|rec(ommendation)? (no|number))\.?$/,
  ],
  [
    'states',
    /^(recommending (state|countr)|etats? (auteurs?|recommandants?)|estados? (recomendantes?|que recomienda))/,
  ],
  [
    'assessment',
    /assessment|comments?|level of implementation|evaluation|commentaires|comentarios|observaciones/,
  ],
  [
    'sdgs',
    /\bsdgs?\b|sustainable development|\bodd\b|\bods\b|developpement durable|desarrollo sostenible|اهداف التنميه|цели|可持续发展/,
  ],
  ['position', /position|posicion|response|reponse|respuesta|الموقف|موقف|позиция|立场/],
  [
    'themes',
    /theme|tema|right or area|affected persons|groups of persons|groupes de personnes|grupos de personas|المواضيع|темы|主题/,
  ],
  ['recommendation', /recommendation|recommandation|recomendacion|التوصي|рекомендаци|建议/],
];

/** The columns if this row heads a matrix: it names recommendations and at least one column more. */
export function matrixColumns(row: DocxRow): MatrixColumns | null {
  const columns: MatrixColumns = {};
  for (const cell of row.cells) {
    const text = fold(cell.text);
    if (NUMBERED.test(cell.text)) return null;
    if (text === '' || text.length > 160) continue;
    const name = patterns.find(
      ([column, pattern]) => columns[column] === undefined && pattern.test(text),
    )?.[0];
    if (name) columns[name] = cell.column;
  }
  const others = Object.keys(columns).filter((column) => column !== 'recommendation' && column !== 'number');
  return columns.recommendation !== undefined && others.length > 0 ? columns : null;
}

const NUMBERED = /^\s*(?:[A-Z]{1,2}\s*[-–]\s*)?\d{1,3}(?:\.\d{1,3})*[.)]?\s+\p{L}/u;
const POSITION =
  /^\s*(partially |partly |not )?(supported|accepted|noted|enjoys|rejected|pending|soutenue|acceptee|appuyee|notee|aceptada|apoyada)/i;

/** The columns of a table without headings, by what its cells look like; null if it does not look like a matrix. */
export function columnsByContent(rows: DocxRow[]): MatrixColumns | null {
  const columns: MatrixColumns = {};
  const whole = rows.filter((row) => row.cells.length > 1);
  const share = (column: number, test: (text: string) => boolean) =>
    whole.filter((row) => row.cells.some((cell) => cell.column === column && test(cell.text))).length /
    Math.max(whole.length, 1);
  for (const column of new Set(whole.flatMap((row) => row.cells.map((cell) => cell.column)))) {
    if (share(column, (text) => NUMBERED.test(text)) > 0.6) columns.recommendation ??= column;
    else if (share(column, (text) => POSITION.test(fold(text))) > 0.6) columns.position ??= column;
    else if (share(column, (text) => /^\s*-?\s*\d{1,2}\s*-\s*\p{Lu}/mu.test(text)) > 0.6)
      columns.sdgs ??= column;
    else if (share(column, (text) => /persons|^\s*-|^[A-G]\d/im.test(text)) > 0.6) columns.themes ??= column;
  }
  return columns.recommendation !== undefined && columns.position !== undefined ? columns : null;
}
