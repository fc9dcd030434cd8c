import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseInWorker } from '@followthrough/imports/files';
import { DonorTally, type DonorCounts, type DonorSums } from '../tally';
import type { AmpTemplate, DonorFooter, DonorHeader, DonorRow, Finding } from '../types';
import { donorWorkerModule } from '../worker-module';

export interface ReadDonorFile extends DonorHeader, DonorFooter {
  counts: DonorCounts;
  sums: DonorSums;
  findings: Finding[];
  identifiers: string[];
}

/** Files are read in a thread, which runs built JavaScript. */
export function buildFirst(): void {
  execFileSync(process.execPath, [resolve(__dirname, '../../../../../../tools/build.mjs')]);
}

/** Reads bytes as the product reads a file. */
export async function readBytes(
  bytes: Buffer | string,
  template?: string | AmpTemplate,
): Promise<ReadDonorFile> {
  const folder = mkdtempSync(join(tmpdir(), 'donor-'));
  try {
    writeFileSync(join(folder, 'file'), bytes);
    return await readPath(join(folder, 'file'), template);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function readPath(path: string, template?: string | AmpTemplate): Promise<ReadDonorFile> {
  const parsing = parseInWorker<DonorHeader, DonorRow, DonorFooter>({
    module: donorWorkerModule,
    request: { source: { path }, ...(template && { template }) },
  });
  const tally = new DonorTally();
  const findings: Finding[] = [];
  const identifiers: string[] = [];
  const header = await parsing.header;
  for await (const batch of parsing.batches) {
    for (const row of batch) {
      tally.take(row);
      findings.push(...(row.outcome === 'finding' ? [row.finding] : row.findings));
      if (row.outcome !== 'finding') identifiers.push(row.identifier);
    }
  }
  return {
    ...header,
    ...(await parsing.footer),
    counts: tally.counts,
    sums: tally.sums,
    findings,
    identifiers,
  };
}
