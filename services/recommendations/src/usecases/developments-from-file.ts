import { Database } from '@followthrough/database';
import {
  identify,
  openTextTable,
  openXls,
  openXlsx,
  UnreadableFile,
  type TableFile,
} from '@followthrough/imports/files';
import { Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { addressText } from '../domain/address';
import {
  NoDevelopmentTable,
  readDevelopments,
  type DevelopmentListRow,
  type DevelopmentReading,
} from '../domain/developments/development-table';
import { WriteDevelopment } from './write-development';

/** What became of a row: written, there already from an earlier sending, or rejected. */
export interface ListedDevelopment {
  where: string;
  title: string;
  state: 'written' | 'present' | 'rejected';
  /** '' where it was rejected */
  id: string;
  reason: string;
  cure: string;
}

const MOST_ROWS = 2_000;

/** Writes the developments of a list (CSV, XLSX or XLS). A bad row is reported and stops no other. */
@Injectable()
export class DevelopmentsFromFile {
  constructor(
    private readonly database: Database,
    private readonly writing: WriteDevelopment,
  ) {}

  /**
   * @param submitted whether what is written goes to review at once
   * @returns one entry a row, in the order of the file; a list sent again writes nothing twice
   * @throws Problem `unreadable-list` where no row can be read
   */
  async all(bytes: Buffer, caller: CallerIdentity, submitted: boolean): Promise<ListedDevelopment[]> {
    const answers: ListedDevelopment[] = [];
    for (const reading of await readList(bytes)) answers.push(await this.one(reading, caller, submitted));
    return answers;
  }

  private async one(
    reading: DevelopmentReading,
    caller: CallerIdentity,
    submitted: boolean,
  ): Promise<ListedDevelopment> {
    const answer = { where: addressText(reading.at), title: reading.title, id: '', reason: '', cure: '' };
    if (!reading.ok) return { ...answer, state: 'rejected', reason: reading.reason, cure: reading.cure };
    const row = reading.development;
    const recommendationIds = await this.recommendations(row);
    if (recommendationIds.length === 0) {
      return {
        ...answer,
        state: 'rejected',
        reason: `No recommendation is held at ${row.symbol}, paragraph ${row.paragraphs.join(', ')}.`,
        cure: 'Compare symbol and paragraph with the recommendation, or give its id.',
      };
    }
    const present = await this.present(row, caller, recommendationIds);
    if (present) return { ...answer, state: 'present', id: present };
    const { kind, happenedOn, title, text, language, link } = row;
    try {
      const id = await this.writing.draft(
        caller,
        { kind, happenedOn, title, text, language, link, actionId: '', recommendationIds },
        submitted,
      );
      return { ...answer, state: 'written', id };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return {
        ...answer,
        state: 'rejected',
        reason: error.detail,
        cure: 'Correct the row or leave it out.',
      };
    }
  }

  private async recommendations({ ids, symbol, paragraphs }: DevelopmentListRow): Promise<string[]> {
    if (ids.length > 0) return ids;
    const rows = await this.database.query<{ id: string }>(
      `select id from recommendation
       where symbol = $1 and paragraph = any($2) and withdrawn_at is null order by id`,
      [symbol, paragraphs],
    );
    return rows.map(({ id }) => id);
  }

  private async present(
    { kind, happenedOn, title, link }: DevelopmentListRow,
    caller: CallerIdentity,
    recommendationIds: string[],
  ): Promise<string | null> {
    const own = caller.membershipsFor('developments.write').map(({ organisationId }) => organisationId);
    const [row] = await this.database.query<{ id: string }>(
      `select id from development d
       where organisation_id::text = any($1) and state <> 'withdrawn'
         and kind = $2 and happened_on = $3 and title = $4 and link = $5
         and (select array_agg(recommendation_id order by recommendation_id) from development_recommendation
              where development_id = d.id) = (select array_agg(id order by id) from unnest($6::uuid[]) id)
       order by id limit 1`,
      [own, kind, happenedOn, title, link, recommendationIds],
    );
    return row?.id ?? null;
  }
}

async function readList(bytes: Buffer): Promise<DevelopmentReading[]> {
  try {
    return readDevelopments(await firstRows(bytes));
  } catch (error) {
    if (error instanceof NoDevelopmentTable)
      throw new Problem('unprocessable', 'unreadable-list', error.message);
    if (error instanceof UnreadableFile) {
      throw new Problem('unprocessable', 'unreadable-list', error.message, { cure: error.cure });
    }
    throw error;
  }
}

async function firstRows(bytes: Buffer): Promise<{ at: Record<string, string | number>; cells: string[] }[]> {
  const table = await opened(bytes);
  try {
    const rows: { at: Record<string, string | number>; cells: string[] }[] = [];
    const sheet = table.sheets.find(({ hidden }) => !hidden);
    for await (const { at, cells } of sheet?.rows() ?? []) {
      rows.push({ at: at, cells });
      if (rows.length > MOST_ROWS + 1) {
        throw new UnreadableFile(`The list has more than ${MOST_ROWS} rows.`, 'Split it into several lists.');
      }
    }
    return rows;
  } finally {
    table.close();
  }
}

async function opened(bytes: Buffer): Promise<TableFile> {
  const { kind } = await identify({ bytes });
  if (kind === 'xlsx') return openXlsx({ bytes });
  if (kind === 'xls') return openXls({ bytes });
  if (kind === 'text') return openTextTable({ bytes });
  throw new UnreadableFile('This is neither a CSV nor an Excel file.', 'Save the list as .csv or .xlsx.');
}
