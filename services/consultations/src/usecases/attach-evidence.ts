import { createHash } from 'node:crypto';
import { Database } from '@followthrough/database';
import { identify, UnreadableFile } from '@followthrough/imports/files';
import { Clock, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { evidenceName, evidenceType, MOST_FILES } from '../domain/rounds/evidence';
import { lockOwnTask, ownRecommendation } from './own-task';
import { missing } from './refusal';
import { LinkUses } from '../outbound/link-uses';
import type { LinkSession } from './sign-in-by-link';
import { stepTask } from './step-task';

/** Keeps files that show what an answer says: a photograph from a phone, a PDF, a document. */
@Injectable()
export class AttachEvidence {
  constructor(
    private readonly database: Database,
    private readonly uses: LinkUses,
    private readonly clock: Clock,
  ) {}

  async add(
    session: LinkSession,
    taskId: string,
    recommendationId: string,
    file: { name: string; bytes: Buffer },
  ): Promise<{ id: string; name: string; bytes: number }> {
    const mediaType = await typeOf(file.bytes);
    return this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      await ownRecommendation(tx, own, recommendationId);
      await stepTask(tx, own.actor, own.task, { step: 'save' }, this.clock.now());
      const [held] = await tx.query<{ files: number }[]>(
        'select count(*)::int as files from evidence_file where task_id = $1 and recommendation_id = $2',
        [taskId, recommendationId],
      );
      if (held!.files >= MOST_FILES) {
        throw new Problem(
          'unprocessable',
          'too-many-files',
          `At most ${MOST_FILES} files belong to one answer: remove one, or give a link.`,
        );
      }
      if (!(await this.uses.count(tx, 'files-of-task', taskId)))
        throw new Problem('rate-limited', 'too-many-files-today', 'Too many files today: go on tomorrow.');
      const id = uuidv4();
      const name = evidenceName(file.name, mediaType);
      await tx.query(
        `insert into evidence_file (id, task_id, recommendation_id, name, media_type, bytes, sha256, content, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          taskId,
          recommendationId,
          name,
          mediaType,
          file.bytes.length,
          createHash('sha256').update(file.bytes).digest(),
          file.bytes,
          this.clock.now(),
        ],
      );
      return { id, name, bytes: file.bytes.length };
    });
  }

  async remove(session: LinkSession, taskId: string, fileId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      const [file] = await tx.query<{ recommendationId: string }[]>(
        'select recommendation_id as "recommendationId" from evidence_file where id = $1 and task_id = $2',
        [fileId, taskId],
      );
      if (!file) throw missing('file');
      await ownRecommendation(tx, own, file.recommendationId);
      await stepTask(tx, own.actor, own.task, { step: 'save' }, this.clock.now());
      await tx.query('delete from evidence_file where id = $1', [fileId]);
    });
  }
}

async function typeOf(bytes: Buffer): Promise<string> {
  const refused = new Problem(
    'unsupported',
    'file-kind-refused',
    'Evidence is a photograph (JPEG or PNG), a PDF, or a Word or Excel file without macros.',
  );
  const zipped = bytes.subarray(0, 2).toString('latin1') === 'PK';
  try {
    const found = zipped ? await identify({ bytes }) : null;
    const mediaType = found?.macros ? null : evidenceType(bytes, found?.kind ?? null);
    if (mediaType === null) throw refused;
    return mediaType;
  } catch (error) {
    throw error instanceof UnreadableFile ? refused : error;
  }
}
