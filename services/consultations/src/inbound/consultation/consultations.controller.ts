import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { Caller, Public, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import type { z } from 'zod';
import { ConsultationReader } from '../../outbound/consultation/consultation.reader';
import { Convene } from '../../usecases/consultation/convene';
import { Dispose } from '../../usecases/consultation/dispose';
import { HandIn } from '../../usecases/consultation/hand-in';
import { HoldMeeting } from '../../usecases/consultation/hold-meeting';
import { StepConsultation } from '../../usecases/consultation/step-consultation';
import {
  consultationChange,
  consultationStep,
  disposition,
  invitation,
  meetingChange,
  newConsultation,
  newMeeting,
  paper,
} from './schemas';

/** Consultations of stakeholders about recommendations: convened, held, decided on, published. */
@Controller()
export class ConsultationsController {
  constructor(
    private readonly consultations: ConsultationReader,
    private readonly convening: Convene,
    private readonly stepping: StepConsultation,
    private readonly meetings: HoldMeeting,
    private readonly handing: HandIn,
    private readonly disposing: Dispose,
  ) {}

  @Get('consultations')
  @Public()
  async list(@Caller() caller: CallerIdentity | null) {
    return { consultations: await this.consultations.list(caller) };
  }

  /** Times are local to the time zone; a filter says which recommendations it is about. */
  @Post('consultations')
  @Requires('consultations.write')
  async begin(
    @Body(zodBody(newConsultation)) { stateUnderReview, ...fields }: z.infer<typeof newConsultation>,
    @Caller() caller: CallerIdentity,
  ) {
    return { consultationId: await this.convening.begin(caller, stateUnderReview, fields) };
  }

  @Get('consultations/:id')
  @Public()
  one(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity | null) {
    return this.consultations.one(caller, id);
  }

  @Put('consultations/:id')
  @Requires('consultations.write')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(consultationChange)) { version, ...fields }: z.infer<typeof consultationChange>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.convening.change(caller, id, version, fields);
    return this.consultations.one(caller, id);
  }

  /** Schedules, opens, pauses, resumes, closes, drafts and publishes the outcome, archives or cancels. */
  @Post('consultations/:id/steps')
  @HttpCode(200)
  @Requires('consultations.write')
  async step(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(consultationStep)) { version, ...asked }: z.infer<typeof consultationStep>,
    @Caller() caller: CallerIdentity,
  ) {
    await this.stepping.take(caller, id, { ...asked, seen: version });
    return this.consultations.one(caller, id);
  }

  @Post('consultations/:id/invitations')
  @Requires('consultations.write')
  async invite(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(invitation)) body: z.infer<typeof invitation>,
    @Caller() caller: CallerIdentity,
  ) {
    return { invitationId: await this.convening.invite(caller, id, body) };
  }

  /** Invitations, what was handed in with its dispositions, meetings. */
  @Get('consultations/:id/desk')
  @Requires('consultations.read')
  desk(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: CallerIdentity) {
    return this.consultations.desk(caller, id);
  }

  /** Enters what came on paper, with where it came from. */
  @Post('consultations/:id/paper')
  @Requires('consultations.write')
  async paper(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(paper)) body: z.infer<typeof paper>,
    @Caller() caller: CallerIdentity,
  ) {
    return { submissionId: await this.handing.paper(caller, id, body) };
  }

  @Post('consultations/:id/meetings')
  @Requires('consultations.write')
  async meet(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(newMeeting)) body: z.infer<typeof newMeeting>,
    @Caller() caller: CallerIdentity,
  ) {
    return { meetingId: await this.meetings.add(caller, id, body) };
  }

  @Put('meetings/:id')
  @HttpCode(204)
  @Requires('consultations.write')
  async minute(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(meetingChange)) { version, ...meeting }: z.infer<typeof meetingChange>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    await this.meetings.change(caller, id, version, meeting);
  }

  /** `version` is the disposition's that the caller saw, 0 where there was none. */
  @Put('sections/:id/disposition')
  @HttpCode(204)
  @Requires('consultations.write')
  async dispose(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(disposition)) { version, ...decided }: z.infer<typeof disposition>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    await this.disposing.dispose(caller, id, version, decided);
  }
}
