import {
  DonorTally,
  donorWorkerModule,
  type AmpTemplate,
  type DonorCounts,
  type DonorFooter,
  type DonorFormat,
  type DonorHeader,
  type DonorRow,
  type DonorSums,
  type Finding,
} from '@followthrough/funding/formats';
import { parseInWorker } from '@followthrough/imports/files';
import { type InputFile, sha256Of } from './input-file';

/** What `inspect --json` prints of a donor file. Keys may be added, these stay. */
export interface DonorInspection {
  file: { name: string; bytes: number; sha256: string };
  format: DonorFormat;
  /** versions of the standard that the file names */
  versions: string[];
  counts: DonorCounts & { findings: number };
  sums: DonorSums;
  /** the first of them, see `counts` */
  findings: Finding[];
  encoding: string | null;
  template: string | null;
}

/** What is done with a row or a finding while the file is read. */
export interface DonorListener {
  onRow?: (row: DonorRow) => Promise<void>;
  onFinding?: (finding: Finding) => Promise<void>;
}

/** Findings beyond this are counted, not listed. */
const FINDINGS_LISTED = 10_000;

/** Reads a donor file to its end through the parsers of the server, in a thread of its own. */
export async function inspectDonorFile(
  file: InputFile,
  template: string | AmpTemplate | undefined,
  { onRow, onFinding }: DonorListener = {},
): Promise<DonorInspection> {
  const parsing = parseInWorker<DonorHeader, DonorRow, DonorFooter>({
    module: donorWorkerModule,
    request: { source: { path: file.path }, ...(template && { template }) },
  });
  const tally = new DonorTally();
  const listed: Finding[] = [];
  let findings = 0;
  const header = await parsing.header;
  for await (const batch of parsing.batches) {
    for (const row of batch) {
      tally.take(row);
      await onRow?.(row);
      for (const finding of row.outcome === 'finding' ? [row.finding] : row.findings) {
        findings += 1;
        if (listed.length < FINDINGS_LISTED) listed.push(finding);
        await onFinding?.(finding);
      }
    }
  }
  const { versions, encodings } = await parsing.footer;
  return {
    file: { name: file.name, bytes: file.bytes, sha256: await sha256Of(file.path) },
    format: header.format,
    versions,
    counts: { ...tally.counts, findings },
    sums: tally.sums,
    findings: listed,
    encoding: encodings.join(', ') || null,
    template: header.template,
  };
}
