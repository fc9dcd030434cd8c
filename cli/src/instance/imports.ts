import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentFacts, MappingTemplate } from '@followthrough/recommendations/formats';
import { CommandFailure } from '../failure';
import type { InputFile } from '../input-file';
import type { ProgressBar } from '../progress';
import type { Instance } from './instance';

const BASE = '/api/recommendations/v1';
const POLL_MS = 250;

export type ImportState =
  | 'parsing'
  | 'needs-mapping'
  | 'ready'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed'
  | 'discarded';

/** An import as the API shows it; only what the command line uses. */
export interface ImportView {
  id: string;
  fileName: string;
  format: string | null;
  state: ImportState;
  document: Partial<DocumentFacts>;
  progress: { done: number; total: number };
  counts: { recommendations?: number; pledges?: number; rejected?: number };
  preview: {
    new: number;
    changed: number;
    unchanged: number;
    rejected: number;
    openQuestions: number;
  } | null;
  result: {
    recorded: number;
    revised: number;
    withdrawn: number;
    unchanged: number;
    announced?: number;
  } | null;
  missing: string[];
  warnings: string[];
  statesUnderReview: string[];
  announce: boolean | null;
  announceDefault: boolean;
  error: { reason: string; cure: string } | null;
  createdAt: string;
  appliedAt: string | null;
  undoneAt: string | null;
}

export interface Reject {
  at: object;
  reason: string;
  cure: string;
}

/** Imports of a running instance. */
export class Imports {
  constructor(private readonly instance: Instance) {}

  /** Uploads a file and begins its import; `progress` moves with the bytes. */
  async begin(
    file: InputFile,
    template: string | MappingTemplate | undefined,
    document: Partial<DocumentFacts>,
    progress: ProgressBar,
  ): Promise<ImportView> {
    progress.begin('Uploading', file.bytes);
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        progress.add(chunk.length);
        done(null, chunk);
      },
    });
    const content = createReadStream(file.path)
      .on('error', (error) => counted.destroy(error))
      .pipe(counted);
    const { uploadId } = await this.instance.upload<{ uploadId: string }>(
      `${BASE}/uploads`,
      content,
      file.bytes,
      { name: file.name },
    );
    progress.end();
    return this.instance.post<ImportView>(`${BASE}/imports`, {
      uploadId,
      ...(typeof template === 'string' ? { template } : template && { mapping: template.mapping }),
      ...(Object.keys(document).length > 0 && { document }),
    });
  }

  find(id: string): Promise<ImportView> {
    return this.instance.get<ImportView>(`${BASE}/imports/${encodeURIComponent(id)}`);
  }

  list(page: number): Promise<{ total: number; imports: ImportView[] }> {
    return this.instance.get(`${BASE}/imports`, { page });
  }

  rejects(id: string, page = 1): Promise<{ total: number; rejects: Reject[] }> {
    return this.instance.get(`${BASE}/imports/${encodeURIComponent(id)}/rejects`, { page });
  }

  apply(id: string, announce: boolean): Promise<ImportView> {
    return this.instance.post<ImportView>(`${BASE}/imports/${id}/apply`, { announce });
  }

  undo(id: string): Promise<ImportView> {
    return this.instance.post<ImportView>(`${BASE}/imports/${encodeURIComponent(id)}/undo`, {});
  }

  async discard(id: string): Promise<void> {
    await this.instance.delete(`${BASE}/imports/${id}`);
  }

  /** Waits until the import rests in one of `states`; `doing` names what it does meanwhile. */
  async settled(
    begun: ImportView,
    states: ImportState[],
    doing: string,
    progress: ProgressBar,
  ): Promise<ImportView> {
    let current = begun;
    progress.begin(doing, current.progress.total);
    while (!states.includes(current.state)) {
      if (current.state === 'discarded') throw new CommandFailure('Somebody discarded the import meanwhile.');
      progress.at(current.progress.done, current.progress.total);
      await pause(POLL_MS);
      current = await this.find(begun.id);
    }
    progress.end();
    return current;
  }
}
