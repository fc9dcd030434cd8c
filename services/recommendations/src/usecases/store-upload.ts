import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { ImportFunnel, UploadTooLarge, type Upload } from '@followthrough/imports';
import { audit, failPoint, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { Readable } from 'node:stream';

/** Keeps the bytes of a file that somebody sends. */
@Injectable()
export class StoreUpload {
  constructor(
    private readonly database: Database,
    private readonly funnel: ImportFunnel,
  ) {}

  async store(caller: CallerIdentity, body: Readable, name: string, limitBytes: number): Promise<Upload> {
    const upload = await this.funnel.uploads
      .store(body, { name, by: caller.id, limitBytes })
      .catch((error: unknown) => {
        if (error instanceof UploadTooLarge) {
          throw new Problem(
            'too-large',
            'upload-too-large',
            `The file is larger than the ${Math.floor(limitBytes / 1024 / 1024)} MB that are allowed: split it.`,
            { limitBytes },
          );
        }
        if (body.destroyed && !body.readableEnded) {
          throw new Problem(
            'invalid',
            'upload-broke-off',
            'The upload broke off before the last byte: send the file again.',
          );
        }
        throw error;
      });
    failPoint('import.after-upload');
    await audit(this.database, {
      caller,
      action: 'upload.store',
      subject: 'upload',
      subjectId: upload.id,
      details: { sha256: upload.sha256, bytes: upload.bytes },
    });
    return upload;
  }
}
