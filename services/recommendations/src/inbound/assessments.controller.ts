import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { Caller, Public, Requires, zodBody, zodQuery, type CallerIdentity } from '@followthrough/service-kit';
import type { z } from 'zod';
import { assessmentView } from '../outbound/assessments/assessment-view';
import { AssessmentReader, type WholeAssessment } from '../outbound/assessments/assessment.reader';
import { AnswerAssessment } from '../usecases/answer-assessment';
import { Assess, isOwnAssessment, maySeeAssessment, noSuchAssessment } from '../usecases/assess';
import {
  answerBody,
  assessmentBody,
  assessmentEdit,
  assessmentsQuery,
  reasonBody,
  versionBody,
} from './voice-schemas';

/** Verdicts of organisations on recommendations, each in its own name, side by side. */
@Controller('assessments')
export class AssessmentsController {
  constructor(
    private readonly assessments: AssessmentReader,
    private readonly assessing: Assess,
    private readonly answering: AnswerAssessment,
  ) {}

  /** What is public, and what the caller's own organisation is drafting; nobody else's drafts, whoever asks. */
  @Get()
  @Public()
  async list(
    @Query(zodQuery(assessmentsQuery)) { page, ...filter }: z.infer<typeof assessmentsQuery>,
    @Caller() caller: CallerIdentity | null,
  ) {
    const { assessments, ...listed } = await this.assessments.list(caller, filter, page);
    return { ...listed, assessments: assessments.map((one) => shown(one, caller)) };
  }

  /** With its earlier editions and the answers to it. One that was public and has been withdrawn says so. */
  @Get(':id')
  @Public()
  async find(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    const found = await this.assessments.find(id);
    if (!found || !maySeeAssessment(caller, found.row, found.editions)) throw noSuchAssessment();
    return shown(found, caller);
  }

  @Post()
  @Requires('assessments.write')
  async draft(
    @Body(zodBody(assessmentBody)) { recommendationId, ...findings }: z.infer<typeof assessmentBody>,
    @Caller() caller: CallerIdentity,
  ) {
    return this.find(await this.assessing.draft(caller, recommendationId, findings), caller);
  }

  /** Changes what the organisation works on; what is public stays until it publishes. */
  @Patch(':id')
  @Requires('assessments.write')
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(assessmentEdit)) { version, set }: z.infer<typeof assessmentEdit>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.assessing.edit(caller, id, version, set);
    return this.find(id, caller);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Requires('assessments.write')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(versionBody)) { version }: z.infer<typeof versionBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.assessing.publish(caller, id, version);
    return this.find(id, caller);
  }

  @Post(':id/withdraw')
  @HttpCode(204)
  @Requires('assessments.write')
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(reasonBody)) { version, reason }: z.infer<typeof reasonBody>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    return this.assessing.withdraw(caller, id, version, reason);
  }

  /** The State's coordinator answers beside what was said; it neither hides nor holds up anything. */
  @Post(':id/answers')
  @HttpCode(200)
  @Requires('assessments.answer')
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(answerBody)) body: z.infer<typeof answerBody>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.answering.answer(caller, id, body);
    return this.find(id, caller);
  }
}

const shown = (found: WholeAssessment, caller: CallerIdentity | null) =>
  assessmentView(found, isOwnAssessment(caller, found.row));
