import { UnreadableFile } from '@followthrough/imports/files';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { readSheetRow, sheetColumns, type SheetReading } from '../domain/rounds/answer-sheet';
import { OwnTasks } from '../outbound/own-tasks.reader';
import { readTable } from '../outbound/read-table';
import type { AskedRecommendation } from '../outbound/task-contents';
import { AnswerRecommendation } from './answer-recommendation';
import { missing } from './refusal';
import type { LinkSession } from './sign-in-by-link';

const MOST_ROWS = 5_000;

export interface SheetOutcome {
  saved: number;
  /** Rows that say what is saved already, or nothing. */
  same: number;
  rejected: { row: number; reason: string }[];
}

/**
 * Takes the answers of a workbook back in. A row that cannot be used is reported and stops no other; a workbook that
 * is sent twice changes nothing the second time.
 */
@Injectable()
export class TakeAnswerSheet {
  constructor(
    private readonly tasks: OwnTasks,
    private readonly answering: AnswerRecommendation,
  ) {}

  async run(session: LinkSession, taskId: string, bytes: Buffer): Promise<SheetOutcome> {
    const contents = await this.tasks.contents(session.addressHmac, taskId);
    if (!contents) throw missing('task');
    const held = new Map(contents.map((entry) => [entry.recommendationId, entry]));
    const [first, ...rows] = await tableOf(bytes);
    const places = sheetColumns(first?.cells ?? []);
    if (!places) {
      throw new Problem(
        'unprocessable',
        'not-our-workbook',
        'The first row lacks the headings of our workbook: take it from the page and fill it in.',
      );
    }
    const outcome: SheetOutcome = { saved: 0, same: 0, rejected: [] };
    for (const { at, cells, damage } of rows) {
      const reading: SheetReading = damage
        ? { kind: 'rejected', column: '', reason: damage }
        : readSheetRow(places, cells);
      const row = 'row' in at ? at.row : at.line;
      const reason = await this.one(session, taskId, reading, held, outcome);
      if (reason !== null) outcome.rejected.push({ row, reason });
    }
    return outcome;
  }

  /** @returns why the row was not used, null where it was */
  private async one(
    session: LinkSession,
    taskId: string,
    reading: SheetReading,
    held: ReadonlyMap<string, AskedRecommendation>,
    outcome: SheetOutcome,
  ): Promise<string | null> {
    if (reading.kind === 'rejected') return reading.reason;
    if (reading.kind === 'empty') {
      outcome.same += 1;
      return null;
    }
    const { recommendationId, seen, answer } = reading;
    const entry = held.get(recommendationId);
    if (!entry) return 'This recommendation is not among those that you are asked about.';
    if (saysTheSame(entry, answer)) {
      outcome.same += 1;
      return null;
    }
    try {
      if (answer === 'no-change') await this.answering.noChange(session, taskId, recommendationId, seen);
      else await this.answering.save(session, taskId, recommendationId, seen, answer);
      outcome.saved += 1;
      return null;
    } catch (error) {
      // What concerns the task as a whole is said once, and not for every row.
      if (error instanceof Problem && (error.slug === 'answer-moved' || error.kind === 'unprocessable'))
        return error.detail;
      throw error;
    }
  }
}

async function tableOf(bytes: Buffer) {
  try {
    return await readTable(bytes, MOST_ROWS);
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new Problem('unprocessable', 'workbook-unreadable', `${error.reason} ${error.cure}`);
    throw error;
  }
}

function saysTheSame(
  { answer }: AskedRecommendation,
  said: Extract<SheetReading, { kind: 'answer' }>['answer'],
): boolean {
  if (!answer) return false;
  if (said === 'no-change' || answer.unchanged) return said === 'no-change' && answer.unchanged;
  const urls = (links: { url: string }[]) => links.map(({ url }) => url).join('\n');
  return (
    answer.status === said.status && answer.text === said.text && urls(answer.links) === urls(said.links)
  );
}
