import { Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  Caller,
  CONFIG,
  Problem,
  Requires,
  zodQuery,
  type CallerIdentity,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { z } from 'zod';
import { StoreUpload } from '../usecases/store-upload';

const query = z.object({ name: z.string().trim().min(1, 'the name of the file').max(255) });

@Controller('uploads')
export class UploadsController {
  constructor(
    private readonly uploads: StoreUpload,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** Takes in the bytes of a file as they come (`application/octet-stream`). */
  @Post()
  @Requires('imports.write')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async upload(
    @Query(zodQuery(query)) { name }: z.infer<typeof query>,
    @Caller() caller: CallerIdentity,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!request.is('application/octet-stream')) {
      throw new Problem(
        'unsupported',
        'upload-not-bytes',
        'Send the bytes of the file as application/octet-stream.',
      );
    }
    const limitBytes = this.config.uploadLimitBytes;
    try {
      // Said before a byte is read, where the caller says how many there are.
      if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
      const upload = await this.uploads.store(caller, request, name, limitBytes);
      response
        .status(201)
        .json({ uploadId: upload.id, sha256: upload.sha256, bytes: upload.bytes, name: upload.name });
    } finally {
      // What is still under way is dropped unread: a caller who is still sending could not hear the answer.
      request.resume();
    }
  }
}

function tooLarge(limitBytes: number): Problem {
  const limit = `${Math.floor(limitBytes / 1024 / 1024)} MB`;
  return new Problem(
    'too-large',
    'upload-too-large',
    `The file is larger than the ${limit} that are allowed: split it.`,
    { limitBytes },
  );
}
