import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { Caller, Public, Requires, SignedIn, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import type { z } from 'zod';
import { ConsultationReader } from '../../outbound/consultation/consultation.reader';
import { LineageReader } from '../../outbound/consultation/lineage.reader';
import { HandIn } from '../../usecases/consultation/hand-in';
import { newSubmission, submissionChange, submissionStep } from './schemas';

/** What organisations say in a consultation, and what became of it. */
@Controller()
export class SubmissionsController {
  constructor(
    private readonly consultations: ConsultationReader,
    private readonly lineage: LineageReader,
    private readonly handing: HandIn,
  ) {}

  @Post('consultations/:id/submissions')
  @Requires('submissions.write')
  async begin(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(newSubmission)) body: z.infer<typeof newSubmission>,
    @Caller() caller: CallerIdentity,
  ) {
    return { submissionId: await this.handing.begin(caller, id, body) };
  }

  @Get('submissions/:id')
  @Public()
  one(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    return this.consultations.submission(caller, id);
  }

  @Put('submissions/:id')
  @Requires('submissions.write')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(submissionChange)) { version, ...fields }: z.infer<typeof submissionChange>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.handing.change(caller, id, version, fields);
    return this.consultations.submission(caller, id);
  }

  /** Hands in, or withdraws. */
  @Post('submissions/:id/steps')
  @HttpCode(200)
  @Requires('submissions.write')
  async step(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(submissionStep)) { version, step }: z.infer<typeof submissionStep>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.handing.step(caller, id, step, version);
    return this.consultations.submission(caller, id);
  }

  /** What the caller's organisations have handed in, its fate, and what became of the actions that came of it. */
  @Get('contributions')
  @SignedIn()
  async contributions(@Caller() caller: CallerIdentity) {
    return { contributions: await this.lineage.contributions(caller) };
  }

  /** From a section to the actions that came of it and what became of them. */
  @Get('lineage/sections/:id')
  @Public()
  ofSection(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    return this.lineage.ofSection(caller, id);
  }

  /** From an action to the sections that it came of. */
  @Get('lineage/actions/:id')
  @Public()
  ofAction(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    return this.lineage.ofAction(caller, id);
  }
}
