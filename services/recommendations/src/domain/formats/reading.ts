import { openRecommendationFile } from './open';
import type { OpenedFile, OpenRequest, RejectedRow, SourceRow } from './types';

/** A file read to its end, for those who may hold all of it in memory. */
export interface ReadFile extends Omit<OpenedFile, 'rows'> {
  rows: SourceRow[];
  rejects: RejectedRow[];
}

export async function readRecommendationFile(request: OpenRequest): Promise<ReadFile> {
  const { rows: stream, ...file } = await openRecommendationFile(request);
  const rows: SourceRow[] = [];
  const rejects: RejectedRow[] = [];
  for await (const row of stream) {
    if (row.outcome === 'row') rows.push(row);
    else rejects.push(row);
  }
  return { ...file, rows, rejects };
}
