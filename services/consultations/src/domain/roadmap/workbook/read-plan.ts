import { fold } from '@followthrough/vocabulary';
import { indicatorKinds, type Action, type Indicator } from '../plan';
import {
  amountIn,
  dayIn,
  listIn,
  numberIn,
  referencesIn,
  saysUnknown,
  type Known,
  type Reference,
} from './cells';
import { columnsOf, type Columns, type Field } from './columns';

export interface SheetRows {
  name: string;
  rows: { row: number; cells: string[] }[];
}

/** Something that could not be taken over as it stands, where, and what to do; nothing of it is lost. */
export interface PlanProblem {
  place: { sheet: string; row: number; column: string };
  reason: string;
  cure: string;
  /** the row as it was */
  cells: string[];
}

export interface ReadAction extends Omit<
  Action,
  'actionId' | 'recommendationIds' | 'clusterIds' | 'indicators'
> {
  /** id in the file, '' where there is none */
  key: string;
  references: Reference[];
  clusters: string[];
  indicators: Omit<Indicator, 'indicatorId'>[];
}

/** A plan as its file says it: recommendations by reference, clusters by name. */
export interface ReadPlan {
  title: string;
  fromYear: number;
  toYear: number;
  actions: ReadAction[];
  clusters: { name: string; references: Reference[] }[];
  exclusions: { reference: Reference; reason: string }[];
  problems: PlanProblem[];
}

/** Heading rows stand near the top: titles and notes may stand above them. */
const HEADING_ROWS = 15;
export const MOST_ACTIONS = 5_000;

/** Reads our own workbook and tables that others have made. No row spoils another. */
export function readPlan(sheets: readonly SheetRows[]): ReadPlan {
  const reading = new PlanReading();
  const tables = sheets.flatMap((sheet) => {
    const table = tableOf(sheet);
    return table ? [table] : [];
  });
  for (const sheet of sheets) reading.facts(sheet);
  const has = (field: Field) => (table: Table) => table.columns.fields.has(field);
  for (const table of tables.filter(has('action')).filter((one) => !isDetail(one))) reading.actions(table);
  for (const table of tables.filter(isDetail)) reading.details(table);
  const others = tables.filter((table) => !has('action')(table));
  for (const table of others.filter(has('cluster'))) reading.clusters(table);
  for (const table of others.filter(has('reason'))) reading.exclusions(table);
  return reading.plan;
}

interface Table {
  sheet: string;
  columns: Columns;
  headings: string[];
  rows: SheetRows['rows'];
}

/** Indicators and Costs of our own workbook: rows that belong to an action named by its id. */
const isDetail = ({ columns: { fields } }: Table): boolean =>
  fields.has('actionId') &&
  !fields.has('recommendations') &&
  (fields.has('indicator') || fields.has('amount'));

function tableOf({ name, rows }: SheetRows): Table | null {
  for (const [at, { cells }] of rows.slice(0, HEADING_ROWS).entries()) {
    const columns = columnsOf(cells);
    const { fields } = columns;
    const known = fields.size + columns.years.length;
    const begins =
      fields.has('action') || fields.has('actionId') || fields.has('cluster') || fields.has('reason');
    if (begins && known >= 2) return { sheet: name, columns, headings: cells, rows: rows.slice(at + 1) };
  }
  return null;
}

class PlanReading {
  readonly plan: ReadPlan = {
    title: '',
    fromYear: 0,
    toYear: 0,
    actions: [],
    clusters: [],
    exclusions: [],
    problems: [],
  };
  private readonly byKey = new Map<string, ReadAction>();

  facts({ name, rows }: SheetRows): void {
    if (fold(name) !== 'roadmap') return;
    const said = new Map(rows.map(({ cells }) => [fold(cells[0] ?? ''), (cells[1] ?? '').trim()]));
    const year = (text = '') => (/^(19|20)\d\d$/.test(text) ? Number(text) : 0);
    this.plan.title = said.get('title') ?? '';
    this.plan.fromYear = year(said.get('from year'));
    this.plan.toYear = year(said.get('to year'));
  }

  actions(table: Table): void {
    let last: ReadAction | null = null;
    for (const row of table.rows) {
      const cells = new RowCells(table, row, this.plan.problems);
      const title = cells.text('action');
      if (title === '' && cells.text('number') === '' && last) {
        this.continued(last, cells, table.columns);
        continue;
      }
      if (title === '') {
        cells.problem(
          'action',
          'The row has no action.',
          'Write what is to be done, and import the row again.',
        );
        continue;
      }
      if (this.plan.actions.length >= MOST_ACTIONS) {
        cells.problem(
          'action',
          `A plan has at most ${MOST_ACTIONS} actions.`,
          'Split the file into several roadmaps.',
        );
        continue;
      }
      last = this.action(cells, title);
      this.continued(last, cells, table.columns);
      this.plan.actions.push(last);
    }
  }

  private action(cells: RowCells, title: string): ReadAction {
    const action: ReadAction = {
      key: cells.text('actionId'),
      number: cells.text('number').slice(0, 50) || String(this.plan.actions.length + 1),
      title: cells.limited('action', title, 500),
      description: cells.limited('description', cells.description(), 20_000),
      leadInstitution: cells.limited('lead', cells.text('lead'), 300),
      supportingInstitutions: listIn(cells.text('supporting')).map((name) =>
        cells.limited('supporting', name, 300),
      ),
      startOn: cells.day('start'),
      dueOn: cells.day('due'),
      references: [],
      openReferences: listIn(cells.text('open')),
      clusters: listIn(cells.text('clusters')),
      indicators: [],
      costs: [],
    };
    if (action.startOn !== null && action.dueOn !== null && action.dueOn < action.startOn) {
      cells.problem(
        'due',
        'The action is due before it starts; its start was left out.',
        'Correct one of the dates.',
      );
      action.startOn = null;
    }
    if (action.key !== '') this.byKey.set(action.key, action);
    return action;
  }

  /** What a row says beside its action; rows without an action go on with the one above. */
  private continued(action: ReadAction, cells: RowCells, { years, fields }: Columns): void {
    action.references.push(...referencesIn(cells.text('recommendations')));
    if (cells.text('indicator') !== '') action.indicators.push(this.indicator(cells));
    for (const { column, year, currency } of years) this.cost(action, cells, column, year, currency);
    const amount = fields.get('amount');
    if (amount === undefined || cells.at(amount) === '') return;
    const year = Number(cells.text('year') || (action.dueOn ?? action.startOn ?? '').slice(0, 4));
    this.cost(action, cells, amount, year, '');
  }

  details(table: Table): void {
    for (const row of table.rows) {
      const cells = new RowCells(table, row, this.plan.problems);
      const action = this.byKey.get(cells.text('actionId'));
      if (!action) {
        cells.problem(
          'actionId',
          'No action of the file has this id.',
          'Copy the id from the sheet of actions.',
        );
        continue;
      }
      if (table.columns.fields.has('indicator')) {
        if (cells.text('indicator') === '') {
          cells.problem(
            'indicator',
            'The row has no indicator.',
            'Write what is measured, and import the row again.',
          );
        } else action.indicators.push(this.indicator(cells));
      } else
        this.cost(action, cells, table.columns.fields.get('amount')!, Number(cells.text('year')), '', true);
    }
  }

  clusters(table: Table): void {
    for (const row of table.rows) {
      const cells = new RowCells(table, row, this.plan.problems);
      const name = cells.text('cluster');
      if (name === '')
        cells.problem('cluster', 'The cluster has no name.', 'Name it, and import the row again.');
      else this.plan.clusters.push({ name, references: referencesIn(cells.text('recommendations')) });
    }
  }

  exclusions(table: Table): void {
    for (const row of table.rows) {
      const cells = new RowCells(table, row, this.plan.problems);
      const reason = cells.text('reason');
      const [reference] = referencesIn(cells.text('recommendations'));
      if (reason === '' || !reference) {
        cells.problem(
          'reason',
          'A recommendation is left out with a reason only.',
          'Give both, and import the row again.',
        );
      } else this.plan.exclusions.push({ reference, reason });
    }
  }

  private indicator(cells: RowCells): Omit<Indicator, 'indicatorId'> {
    const said = fold(cells.text('kind'));
    return {
      title: cells.limited('indicator', cells.text('indicator'), 500),
      kind: indicatorKinds.find((kind) => kind === said) ?? 'process',
      unit: cells.limited('unit', cells.text('unit'), 100),
      baseline: { value: cells.number('baseline'), on: cells.day('baselineOn') },
      target: { value: cells.number('target'), on: cells.day('targetOn') },
      source: cells.limited('indicatorSource', cells.text('indicatorSource'), 1_000),
    };
  }

  private cost(
    action: ReadAction,
    cells: RowCells,
    column: number,
    year: number,
    headingCurrency: string,
    evenEmpty = false,
  ): void {
    const cell = cells.at(column);
    if (cell === '' && !evenEmpty) return;
    const { amount, currency: beside } = amountIn(cell);
    const currency = (cells.text('currency') || beside || headingCurrency).toUpperCase();
    const complain = (reason: string, cure: string) => cells.problemAt(column, reason, cure);
    if (amount === null || amount.value?.startsWith('-')) {
      complain(
        `“${cell.slice(0, 60)}” is no amount of money.`,
        'Write a number such as 1200000, or “unknown”.',
      );
    } else if (!/^[A-Z]{3}$/.test(currency)) {
      if (!saysUnknown(cell) || evenEmpty) {
        complain('The amount has no currency.', 'Add a column Currency with a code such as EUR.');
      }
    } else if (!Number.isInteger(year) || year < 1990 || year > 2100) {
      complain('The amount belongs to no year.', 'Add a column Year, or one column a year.');
    } else
      action.costs.push({
        year,
        currency,
        amount: amount.value,
        source: cells.text('costSource').slice(0, 1_000),
      });
  }
}

/** The cells of one row by what their columns stand for. */
class RowCells {
  constructor(
    private readonly table: Table,
    private readonly row: { row: number; cells: string[] },
    private readonly problems: PlanProblem[],
  ) {}

  at(column: number): string {
    return (this.row.cells[column] ?? '').trim();
  }

  text(field: Field): string {
    const column = this.table.columns.fields.get(field);
    return column === undefined ? '' : this.at(column);
  }

  /** What stands in columns that mean nothing to a roadmap is kept beside their headings. */
  description(): string {
    const { fields, unknown } = this.table.columns;
    const kept = [...unknown];
    for (const field of ['cluster', 'reason'] as const) {
      const column = fields.get(field);
      if (column !== undefined) kept.push({ column, heading: this.table.headings[column]! });
    }
    const said = kept
      .filter(({ column }) => this.at(column) !== '')
      .map(({ column, heading }) => `${heading.trim()}: ${this.at(column)}`);
    return [this.text('description'), ...said].filter((part) => part !== '').join('\n');
  }

  day(field: Field): string | null {
    return this.known(field, dayIn(this.text(field)), 'is no date', 'Write it as 2027-06-30.');
  }

  number(field: Field): string | null {
    return this.known(
      field,
      numberIn(this.text(field)),
      'is no number',
      'Write a number, and its unit in the column Unit.',
    );
  }

  limited(field: Field, text: string, most: number): string {
    if (text.length <= most) return text;
    this.problem(field, `The text is longer than ${most} characters; the rest was left out.`, 'Shorten it.');
    return text.slice(0, most);
  }

  problem(field: Field, reason: string, cure: string): void {
    this.problemAt(this.table.columns.fields.get(field) ?? 0, reason, cure);
  }

  problemAt(column: number, reason: string, cure: string): void {
    const { sheet, headings } = this.table;
    this.problems.push({
      place: { sheet, row: this.row.row, column: headings[column] ?? '' },
      reason,
      cure,
      cells: this.row.cells,
    });
  }

  private known<T>(field: Field, read: Known<T>, wrong: string, cure: string): T | null {
    if (read) return read.value;
    this.problem(field, `“${this.text(field).slice(0, 60)}” ${wrong}; it was left out.`, cure);
    return null;
  }
}
