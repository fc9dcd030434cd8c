import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import type { ImportEntity, Reading, ReadingHeader } from '@followthrough/imports';
import { builtModule, parseInWorker, UnreadableFile, type StagedChunk } from '@followthrough/imports/files';
import { Clock, LOGGER, type Logger } from '@followthrough/service-kit';
import type { FileHeader, MappingTemplate, OpenRequest } from '../domain/formats';
import { familyOf } from '../domain/held/family';
import type { ReadingFooter, ReadingRequest } from './recommendation-file.worker';
import { TemplateStore } from './template.store';

/** What a person said when the import began. */
type Asked = Pick<OpenRequest, 'template' | 'mapping' | 'document'> & { template?: string };

const LIMITS = { memoryMb: 512, silenceMs: 60_000 };
const MAX_ROWS = 1_000_000;

/** Reads a file of recommendations in a worker thread and says what its rows are joined by. */
@Injectable()
export class RecommendationFileReader {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplateStore,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async read(given: { path: string; name: string }, imported: ImportEntity): Promise<Reading> {
    const { template, mapping, document } = imported.request as Asked;
    const file: OpenRequest = {
      source: { path: given.path },
      name: given.name,
      template: mapping ? undefined : await this.templateOf(template),
      mapping,
      document,
      limits: { maxRows: MAX_ROWS },
    };
    const parsing = parseInWorker<FileHeader, StagedChunk, ReadingFooter>({
      module: builtModule(__dirname, 'recommendation-file.worker.js'),
      request: { file, answers: await this.answers(), now: this.clock.now() } satisfies ReadingRequest,
      limits: LIMITS,
      batchRows: 1,
    });
    return {
      header: headerOf(await this.explained(parsing.header)),
      chunks: this.chunks(parsing.batches),
      summary: async () => {
        const { encoding: _, document, ...summary } = await this.explained(parsing.footer);
        return { ...summary, document: { ...document } };
      },
      close: () => parsing.stop(),
    };
  }

  private async *chunks(parsed: AsyncIterable<StagedChunk[]>): AsyncGenerator<StagedChunk> {
    const batches = parsed[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.explained(batches.next());
        if (next.done) return;
        yield* next.value;
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

  private async answers(): Promise<[string, string][]> {
    const rows = await this.database.query<{ name_key: string; state_code: string }>(
      'select name_key, state_code from open_question where answered_at is not null',
    );
    return rows.map((row) => [row.name_key, row.state_code]);
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
