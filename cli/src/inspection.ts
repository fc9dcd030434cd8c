import { parseInWorker, type Address } from '@followthrough/imports/files';
import type {
  DocumentFacts,
  FileFooter,
  FileFormat,
  FileHeader,
  MappedField,
  Mapping,
  MappingTemplate,
  Position,
  RejectedRow,
  SourceRow,
} from '@followthrough/recommendations/formats';
import { formatsWorkerModule } from '@followthrough/recommendations/formats/worker-module';
import { type InputFile, sha256Of } from './input-file';

/** What `inspect --json` prints. Keys may be added, these stay. Counts are of source records. */
export interface Inspection {
  file: { name: string; bytes: number; sha256: string };
  format: FileFormat;
  document: DocumentFacts;
  counts: {
    recommendations: number;
    pledges: number;
    rejected: number;
    byPosition: Record<Exclude<Position, ''>, number>;
  };
  rejects: { at: Address; reason: string; cure: string }[];
  openQuestions: { about: string; raw: string; suggestions: string[]; rows: number }[];
  warnings: string[];
  encoding: string | null;
  template: string | null;
  mapping: Mapping | null;
  /** fields of which no column is known */
  missing: MappedField[];
}

/** Rejects beyond this are counted, not listed. */
const REJECTS_LISTED = 10_000;

/** Reads a file to its end through the parsers of the server, in a thread of its own. */
export async function inspect(
  file: InputFile,
  template: string | MappingTemplate | undefined,
  onRow: (row: SourceRow) => Promise<void> = async () => undefined,
): Promise<Inspection> {
  const parsing = parseInWorker<FileHeader, SourceRow | RejectedRow, FileFooter>({
    module: formatsWorkerModule,
    request: { source: { path: file.path }, name: file.name, ...(template && { template }) },
  });
  const tally = new Tally();
  const header = await parsing.header;
  for await (const batch of parsing.batches) {
    for (const row of batch) {
      tally.take(row);
      if (row.outcome === 'row') await onRow(row);
    }
  }
  const footer = await parsing.footer;
  return {
    file: { name: file.name, bytes: file.bytes, sha256: await sha256Of(file.path) },
    format: header.format,
    document: footer.document,
    counts: tally.counts,
    rejects: tally.rejects,
    openQuestions: [...tally.questions.values()],
    warnings: footer.warnings,
    encoding: footer.encoding,
    template: header.template ?? null,
    mapping: header.mapping ?? null,
    missing: header.missing,
  };
}

class Tally {
  readonly counts: Inspection['counts'] = {
    recommendations: 0,
    pledges: 0,
    rejected: 0,
    byPosition: { supported: 0, noted: 0, partly: 0, pending: 0, unclear: 0 },
  };
  readonly rejects: Inspection['rejects'] = [];
  readonly questions = new Map<string, Inspection['openQuestions'][number]>();

  take(row: SourceRow | RejectedRow): void {
    if (row.outcome === 'rejected') {
      this.counts.rejected += 1;
      const { at, reason, cure } = row;
      if (this.rejects.length < REJECTS_LISTED) this.rejects.push({ at, reason, cure });
      return;
    }
    if (row.kind === 'pledge') this.counts.pledges += 1;
    else this.counts.recommendations += 1;
    if (row.position !== '') this.counts.byPosition[row.position] += 1;
    for (const { about, raw, suggestions } of row.openQuestions) {
      const question = this.questions.get(`${about} ${raw}`) ?? { about, raw, suggestions, rows: 0 };
      question.rows += 1;
      this.questions.set(`${about} ${raw}`, question);
    }
  }
}
