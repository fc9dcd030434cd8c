/** The reading thread: from a file to lines that COPY takes. Loaded by name, see `RecommendationFileReader`. */
import {
  stagedChunk,
  type ParserModule,
  type StagedChunk,
  type StagedReject,
  type StagedRow,
} from '@followthrough/imports/files';
import {
  openRecommendationFile,
  type FileFooter,
  type FileHeader,
  type OpenRequest,
  type SourceRow,
} from '../domain/formats';
import { joinKeyOf } from '../domain/held/join-key';
import type { Answers } from '../domain/held/state-name';
import { statementOf } from '../domain/held/statement';
import { Tally, type RowTally } from '../domain/tally';

export interface ReadingRequest {
  file: OpenRequest;
  /** what persons answered about names of States */
  answers: [nameKey: string, code: string][];
  now: Date;
}

export type ReadingFooter = FileFooter & RowTally;

const CHUNK_ROWS = 500;

export const open: ParserModule<ReadingRequest, FileHeader, StagedChunk, ReadingFooter>['open'] = async ({
  file,
  answers,
  now,
}) => {
  const { rows, warnings, encoding, ...header } = await openRecommendationFile(file);
  const known = new Map(answers);
  const tally = new Tally(now);

  async function* chunks(): AsyncGenerator<StagedChunk> {
    let staged: StagedRow[] = [];
    let rejects: StagedReject[] = [];
    let after = 0;
    const chunk = () => {
      const made = stagedChunk(staged, rejects, after);
      after += staged.length;
      staged = [];
      rejects = [];
      return made;
    };
    for await (const row of rows) {
      if (row.outcome === 'rejected') rejects.push(row);
      else staged.push(stagedRow(row, known, tally));
      if (staged.length + rejects.length >= CHUNK_ROWS) yield chunk();
    }
    if (staged.length + rejects.length > 0) yield chunk();
  }

  return {
    header,
    rows: chunks(),
    footer: () => ({ document: header.document, warnings, encoding, ...tally.summary() }),
  };
};

function stagedRow(row: SourceRow, answers: Answers, tally: Tally): StagedRow {
  const record = statementOf(row);
  tally.add(record, answers);
  return {
    outcome: 'row',
    at: row.at,
    identityKey: row.identityKey,
    contentHash: row.contentHash,
    joinKey: joinKeyOf(record, row.identityKey, answers),
    record,
    raw: row.raw,
    questions: [...new Set((record.open ?? []).map((open) => open.key))],
  };
}
