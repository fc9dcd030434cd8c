import { fold, matchState } from '@followthrough/vocabulary';

/** A row of an invitation list that can be used. */
export interface InvitationRow {
  email: string;
  name: string;
  organisation: string;
  roles: string[];
  /** Alpha-3 codes, or `*`. */
  states: string[];
  locale: string;
}

export type InvitationReading =
  | { row: number; ok: true; invitation: InvitationRow }
  | { row: number; ok: false; email: string; reason: string; cure: string };

type Column = keyof InvitationRow;

/** Headings that people write, folded. */
const headings: Record<Column, readonly string[]> = {
  email: [
    'email',
    'e-mail',
    'mail',
    'address',
    'e-mail address',
    'email address',
    'courriel',
    'adresse',
    'adresse electronique',
    'correo',
    'correo electronico',
    'البريد الالكتروني',
    'البريد',
    'электронная почта',
    '电子邮件',
  ].map(fold),
  name: ['name', 'full name', 'nom', 'nombre', 'الاسم', 'имя', '姓名'].map(fold),
  organisation: [
    'organisation',
    'organization',
    'institution',
    'ministry',
    'organisme',
    'ministere',
    'organizacion',
    'ministerio',
    'الجهة',
    'المؤسسة',
    'организация',
    '机构',
  ].map(fold),
  roles: ['role', 'roles', 'rol', 'fonction', 'الدور', 'роль', '角色'].map(fold),
  states: [
    'state',
    'states',
    'country',
    'countries',
    'etat',
    'etats',
    'pays',
    'estado',
    'pais',
    'الدولة',
    'البلد',
    'государство',
    '国家',
  ].map(fold),
  locale: ['language', 'locale', 'langue', 'idioma', 'اللغة', 'язык', '语言'].map(fold),
};
const needed: readonly Column[] = ['email', 'organisation', 'roles'];
const languages: Record<string, string> = {
  english: 'en',
  anglais: 'en',
  french: 'fr',
  francais: 'fr',
  arabic: 'ar',
  arabe: 'ar',
};
const everyState = new Set(['*', 'all', 'tous', 'todos', 'الكل']);

/** The list as a whole cannot be read: the sentence says which column is missing. */
export class NoInvitationTable extends Error {}

/**
 * Reads a list of people to invite: a heading row, then one person a row. Bad rows are data, not errors.
 * @param rows cells as text, with the number of the row in the file
 * @param knownRoles roles that may be given
 * @throws NoInvitationTable
 */
export function readInvitations(
  rows: readonly { row: number; cells: readonly string[] }[],
  knownRoles: readonly string[],
): InvitationReading[] {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const columns = columnsOf(filled[0]?.cells ?? []);
  const missing = needed.filter((column) => columns[column] === undefined);
  if (missing.length > 0) {
    throw new NoInvitationTable(
      `The first row must have the headings email, organisation and role (name, states and language may be there too); missing: ${missing.join(', ')}.`,
    );
  }
  return filled.slice(1).map(({ row, cells }) => readRow(row, cells, columns, knownRoles));
}

function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const columns: Partial<Record<Column, number>> = {};
  cells.forEach((cell, index) => {
    const heading = fold(cell);
    const column = (Object.keys(headings) as Column[]).find((one) => headings[one].includes(heading));
    if (column && columns[column] === undefined) columns[column] = index;
  });
  return columns;
}

function readRow(
  row: number,
  cells: readonly string[],
  columns: Partial<Record<Column, number>>,
  knownRoles: readonly string[],
): InvitationReading {
  const cell = (column: Column) =>
    columns[column] === undefined ? '' : (cells[columns[column]] ?? '').trim();
  const email = cell('email');
  const refuse = (reason: string, cure: string): InvitationReading => ({
    row,
    ok: false,
    email,
    reason,
    cure,
  });
  if (!email) return refuse('There is no e-mail address.', 'Fill in the address or delete the row.');
  if (!cell('organisation'))
    return refuse('There is no organisation.', 'Fill in the name as it stands in the directory.');
  const roles = list(cell('roles')).map((role) => fold(role).replace(/[\s_]+/g, '-'));
  const unknown = roles.filter((role) => !knownRoles.includes(role));
  if (roles.length === 0 || unknown.length > 0) {
    return refuse(
      roles.length === 0 ? 'There is no role.' : `There is no role "${unknown[0]}".`,
      `Use one or more of ${knownRoles.join(', ')}.`,
    );
  }
  const names = list(cell('states'));
  const states = names.map((name) =>
    everyState.has(fold(name)) ? '*' : matchState(name, { demo: true })?.code,
  );
  const lost = states.indexOf(undefined);
  if (lost >= 0)
    return refuse(
      `"${names[lost]}" is no State.`,
      'Write the name of the State, or its code of three letters.',
    );
  const language = fold(cell('locale'));
  return {
    row,
    ok: true,
    invitation: {
      email,
      name: cell('name'),
      organisation: cell('organisation'),
      roles,
      states: states as string[],
      locale: languages[language] ?? language.slice(0, 2),
    },
  };
}

function list(text: string): string[] {
  return text
    .split(/[;,|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
