import { Inject, Injectable } from '@nestjs/common';
import type { ImportEntity, Reading, ReadingHeader, StagedReject, StagedRow } from '@followthrough/imports';
import { parseInWorker, UnreadableFile } from '@followthrough/imports/files';
import { Database } from '@followthrough/database';
import { Clock, LOGGER, type Logger } from '@followthrough/service-kit';
import {
  formatsWorkerModule,
  type FileFooter,
  type FileHeader,
  type MappingTemplate,
  type OpenRequest,
  type RejectedRow,
  type SourceRow,
} from '../domain/formats';
import { familyOf } from '../domain/held/family';
import { joinKeyOf } from '../domain/held/join-key';
import type { Answers } from '../domain/held/state-name';
import { statementOf } from '../domain/held/statement';
import { Tally } from '../domain/tally';
import { TemplateStore } from './template.store';

/** What a person said when the import began. */
type Asked = Pick<OpenRequest, 'template' | 'mapping' | 'document'> & { template?: string };

const LIMITS = { memoryMb: 512, silenceMs: 60_000 };
const MAX_ROWS = 1_000_000;
const BATCH_ROWS = 500;

/** Reads a file of recommendations in a worker thread and says what its rows are joined by. */
@Injectable()
export class RecommendationFileReader {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async read(file: { path: string; name: string }, imported: ImportEntity): Promise<Reading> {
    const { template, mapping, document } = imported.request as Asked;
    const request: OpenRequest = {
      source: { path: file.path },
      name: file.name,
      template: mapping ? undefined : await this.templateOf(template),
      mapping,
      document,
      limits: { maxRows: MAX_ROWS },
    };
    const parsing = parseInWorker<FileHeader, SourceRow | RejectedRow, FileFooter>({
      module: formatsWorkerModule,
      request,
      limits: LIMITS,
      batchRows: BATCH_ROWS,
    });
    const answers = await this.answers();
    const tally = new Tally(this.clock.now());
    const header = await this.explained(parsing.header);
    return {
      header: headerOf(header),
      batches: this.staged(parsing.batches, answers, tally),
      summary: async () => {
        const { document, warnings } = await this.explained(parsing.footer);
        return { document: { ...document }, warnings, ...tally.summary() };
      },
      close: () => parsing.stop(),
    };
  }

  private async *staged(
    parsed: AsyncIterable<(SourceRow | RejectedRow)[]>,
    answers: Answers,
    tally: Tally,
  ): AsyncGenerator<(StagedRow | StagedReject)[]> {
    const batches = parsed[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.explained(batches.next());
        if (next.done) return;
        yield next.value.map((row) => stagedOf(row, answers, tally));
      }
    } finally {
      await batches.return?.();
    }
  }

  private async templateOf(id: string | undefined): Promise<string | MappingTemplate | undefined> {
    const saved = id === undefined ? null : await this.templates.find(id);
    // The reader knows those that ship, and checks the shape of others without what is ours in them.
    return saved && !saved.builtIn
      ? { template: saved.template, id: saved.id, name: saved.name, mapping: saved.mapping }
      : id;
  }

  private async answers(): Promise<Answers> {
    const rows = await this.database.query<{ name_key: string; state_code: string }>(
      'select name_key, state_code from open_question where answered_at is not null',
    );
    return new Map(rows.map((row) => [row.name_key, row.state_code]));
  }

  /** A fault of the reader's own is told as such, so that one file cannot be tried for ever. */
  private async explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      this.log.error({ err: error }, 'A file could not be read for a reason that nobody foresaw');
      throw new UnreadableFile(
        'The file could not be read because of a fault on our side.',
        'Save it anew in its program and try again; if it stays so, tell your administrator.',
      );
    }
  }
}

function headerOf(header: FileHeader): ReadingHeader {
  return {
    format: header.format,
    family: familyOf(header.format, header.template),
    template: header.template ?? null,
    mapping: header.mapping ?? null,
    columns: header.columns ?? null,
    document: { ...header.document },
    missing: header.missing,
  };
}

function stagedOf(row: SourceRow | RejectedRow, answers: Answers, tally: Tally): StagedRow | StagedReject {
  if (row.outcome === 'rejected') return row;
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
