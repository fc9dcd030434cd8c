import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { writeXlsx } from 'hucre/xlsx';
import {
  Caller,
  CONFIG,
  Problem,
  Public,
  Requires,
  zodQuery,
  type CallerIdentity,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { z } from 'zod';
import { gapRules } from '../../domain/roadmap/roadmap-state';
import { References } from '../../domain/roadmap/workbook/references';
import { writePlan } from '../../domain/roadmap/workbook/write-plan';
import { RoadmapReader } from '../../outbound/roadmap/roadmap.reader';
import { ImportPlan, type ImportedPlan } from '../../usecases/roadmap/import-plan';
import { editionQuery, stateCode } from './schemas';

const importQuery = z.object({
  stateUnderReview: stateCode,
  title: z.string().trim().max(500).default(''),
  gapRule: z.enum(gapRules).default('refuse'),
});
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A roadmap as a workbook, in and out. */
@Controller('roadmaps')
export class WorkbookController {
  constructor(
    private readonly roadmaps: RoadmapReader,
    private readonly importing: ImportPlan,
    @Inject(CONFIG) private readonly config: RuntimeConfig,
  ) {}

  /** Takes over an existing plan (.xlsx, .xls, .csv) as a draft; adopted, it is version 1. */
  @Post('from-workbook')
  @Requires('roadmaps.write')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async import(
    @Query(zodQuery(importQuery)) query: z.infer<typeof importQuery>,
    @Caller() caller: CallerIdentity,
    @Req() request: Request,
    @Res() response: Response<ImportedPlan>,
  ): Promise<void> {
    if (!request.is('application/octet-stream')) {
      throw new Problem(
        'unsupported',
        'upload-not-bytes',
        'Send the bytes of the file as application/octet-stream.',
      );
    }
    try {
      const bytes = await bytesOf(request, this.config.uploadLimitBytes);
      response.status(201).json(await this.importing.import(caller, query, bytes));
    } finally {
      request.resume();
    }
  }

  /** The workbook of an edition; what is written here is read back without loss. */
  @Get(':id/workbook')
  @Public()
  async export(
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(editionQuery)) { edition }: z.infer<typeof editionQuery>,
    @Caller() caller: CallerIdentity | null,
    @Res() response: Response,
  ): Promise<void> {
    const { roadmap, plan, actions, recommendations } = await this.roadmaps.plan(caller, id, edition);
    const references = new References(await this.roadmaps.referable(roadmap.stateUnderReview));
    const names = new Map(recommendations.map((line) => [line.recommendationId, references.nameOf(line)]));
    const sheets = writePlan({ ...plan, actions }, roadmap.stateUnderReview, (of) => names.get(of) ?? of);
    const workbook = await writeXlsx({ sheets });
    response
      .status(200)
      .type(TYPE)
      .setHeader('Content-Disposition', 'attachment; filename="roadmap.xlsx"')
      .end(Buffer.from(workbook));
  }
}

async function bytesOf(request: Request, limitBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new Problem(
      'too-large',
      'upload-too-large',
      `The file is larger than the ${Math.floor(limitBytes / 1024 / 1024)} MB that are allowed: split it.`,
      { limitBytes },
    );
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
