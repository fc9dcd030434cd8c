import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import {
  audit,
  Clock,
  Problem,
  type CallerIdentity,
  type OrganisationClass,
} from '@followthrough/service-kit';
import { v4 as uuidv4 } from 'uuid';
import { takesPaper, takesSubmissions } from '../../domain/consultation/consultation-state';
import { takeSubmissionStep, type SubmissionStep } from '../../domain/consultation/submission-state';
import {
  findSubmission,
  keepStep,
  lockConsultation,
  type ConsultationRow,
  type SubmissionRow,
} from '../../outbound/consultation/consultation-rows';
import { targetsOutside, writeSubmission, type Section } from '../../outbound/consultation/submission.store';
import { rowsOf } from '../../outbound/rows-of';
import { allowed, demand, expectVersion } from '../guards';

export interface PaperSubmission {
  class: OrganisationClass;
  organisation: string;
  language: string;
  receivedOn: string;
  /** how, from whom and when the paper came */
  provenance: string;
  sections: Section[];
}

/** What organisations say, in their own name: on the web by themselves, on paper through the facilitator. */
@Injectable()
export class HandIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Begins a submission of an organisation that is invited and for which the caller acts. */
  async begin(
    caller: CallerIdentity,
    consultationId: string,
    { language, sections }: { language: string; sections: Section[] },
  ): Promise<string> {
    return this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, consultationId);
      demand(caller, 'submissions.write', row.stateUnderReview);
      const invited = await invitationOf(tx, caller, consultationId);
      allowed(takesSubmissions(row.state, row.opensAt, row.closesAt, this.clock.now()));
      await refuseOutside(tx, row, sections);
      const submission: SubmissionRow = {
        id: uuidv4(),
        consultationId,
        version: 1,
        state: 'draft',
        ...invited,
        language,
        receivedOn: null,
        origin: 'web',
        provenance: '',
      };
      await writeSubmission(tx, submission, sections);
      return submission.id;
    });
  }

  async change(
    caller: CallerIdentity,
    id: string,
    seen: number,
    { language, sections }: { language: string; sections: Section[] },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { row, submission } = await this.own(tx, caller, id);
      expectVersion(submission.version, seen);
      if (submission.state !== 'draft') {
        throw new Problem(
          'conflict',
          'submission-handed-in',
          'What has been handed in stands: withdraw it and begin another.',
        );
      }
      allowed(takesSubmissions(row.state, row.opensAt, row.closesAt, this.clock.now()));
      await refuseOutside(tx, row, sections);
      await writeSubmission(tx, { ...submission, language, version: submission.version + 1 }, sections);
    });
  }

  /** Hands in before the closing instant, or withdraws until the outcome is published. */
  async step(caller: CallerIdentity, id: string, step: SubmissionStep, seen: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { row, submission } = await this.own(tx, caller, id);
      expectVersion(submission.version, seen);
      const [{ sections }] = (await rowsOf<{ sections: number }>(
        tx,
        'select count(*)::int as sections from submission_section where submission_id = $1',
        [id],
      )) as [{ sections: number }];
      const state = allowed(takeSubmissionStep(submission.state, step, sections));
      const at = this.clock.now();
      if (step === 'submit') allowed(takesSubmissions(row.state, row.opensAt, row.closesAt, at));
      else if (row.state === 'outcome-published' || row.state === 'archived') {
        throw new Problem(
          'conflict',
          'outcome-published',
          'The outcome has been published with this submission.',
        );
      }
      const day = at.toISOString().slice(0, 10);
      const version = submission.version + 1;
      await tx.query(
        `update submission set state = $2, version = $3, received_on = coalesce(received_on, $4) where id = $1`,
        [id, state, version, step === 'submit' ? day : null],
      );
      await keepStep(tx, {
        subject: 'submission',
        subjectId: id,
        version,
        step,
        fromState: submission.state,
        toState: state,
        reason: '',
        at,
        by: caller.id,
      });
      if (step === 'submit')
        await tellReceived(tx, row, { ...submission, version, receivedOn: day }, sections);
      else if (submission.state === 'submitted') {
        await publish(tx, {
          type: 'consultations.v1.SubmissionWithdrawn',
          ...unlinked(row, id, version, day),
          data: { submissionId: id, consultationId: row.id },
        });
      }
    });
  }

  /** Enters what came on paper, with where it came from. It is handed in at once. */
  async paper(caller: CallerIdentity, consultationId: string, paper: PaperSubmission): Promise<string> {
    return this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, consultationId);
      demand(caller, 'consultations.write', row.stateUnderReview);
      allowed(takesPaper(row.state));
      const at = this.clock.now();
      const today = at.toISOString().slice(0, 10);
      const last = row.closesAt.toISOString().slice(0, 10);
      if (paper.receivedOn > today || paper.receivedOn > last) {
        throw new Problem(
          'unprocessable',
          'paper-too-late',
          'Paper counts that came before the closing instant.',
        );
      }
      await refuseOutside(tx, row, paper.sections);
      allowed(takeSubmissionStep('draft', 'submit', paper.sections.length));
      const { sections, ...fields } = paper;
      const submission: SubmissionRow = {
        id: uuidv4(),
        consultationId,
        version: 1,
        state: 'submitted',
        organisationId: null,
        origin: 'paper',
        ...fields,
      };
      await writeSubmission(tx, submission, sections);
      await keepStep(tx, {
        subject: 'submission',
        subjectId: submission.id,
        version: 1,
        step: 'enter-paper',
        fromState: 'draft',
        toState: 'submitted',
        reason: '',
        at,
        by: caller.id,
      });
      await tellReceived(tx, row, submission, sections.length);
      await audit(tx, {
        caller,
        action: 'submission.enter-paper',
        subject: 'consultation',
        subjectId: consultationId,
        stateUnderReview: row.stateUnderReview,
      });
      return submission.id;
    });
  }

  private async own(
    tx: Transaction,
    caller: CallerIdentity,
    id: string,
  ): Promise<{ row: ConsultationRow; submission: SubmissionRow }> {
    const { consultationId } = await findSubmission(tx, id);
    const row = await lockConsultation(tx, consultationId);
    const submission = await findSubmission(tx, id);
    demand(caller, 'submissions.write', row.stateUnderReview);
    if (!caller.memberships.some(({ organisationId }) => organisationId === submission.organisationId)) {
      throw new Problem('not-found', 'submission-not-found', 'There is no such submission.');
    }
    return { row, submission };
  }
}

async function invitationOf(
  tx: Transaction,
  caller: CallerIdentity,
  consultationId: string,
): Promise<Pick<SubmissionRow, 'class' | 'organisation' | 'organisationId'>> {
  const [invited] = await rowsOf<Pick<SubmissionRow, 'class' | 'organisation' | 'organisationId'>>(
    tx,
    `select class, organisation, organisation_id as "organisationId" from consultation_invitation
     where consultation_id = $1 and organisation_id = any($2::uuid[]) and state in ('created', 'accepted')
     order by id limit 1`,
    [consultationId, caller.memberships.map(({ organisationId }) => organisationId)],
  );
  if (!invited) {
    throw new Problem(
      'forbidden',
      'not-invited',
      'Your organisation is not invited to this consultation: ask its facilitator.',
    );
  }
  return invited;
}

async function refuseOutside(
  tx: Transaction,
  row: ConsultationRow,
  sections: readonly Section[],
): Promise<void> {
  const outside = await targetsOutside(tx, row.id, sections);
  if (outside.length === 0) return;
  throw new Problem(
    'unprocessable',
    'target-not-of-this-consultation',
    'A section speaks of a recommendation or action that is not part of this consultation: choose from its list.',
    { targetIds: outside },
  );
}

/** Neither instant nor order in an event of a submission: its day, and a random id. */
const unlinked = (row: ConsultationRow, id: string, version: number, day: string) => ({
  id: uuidv4(),
  aggregateId: id,
  version,
  stateUnderReview: row.stateUnderReview,
  visibility: 'internal' as const,
  occurredAt: new Date(`${day}T00:00:00Z`),
});

async function tellReceived(
  tx: Transaction,
  row: ConsultationRow,
  submission: SubmissionRow,
  sections: number,
): Promise<void> {
  const day = submission.receivedOn!;
  await publish(tx, {
    type: 'consultations.v1.SubmissionReceived',
    ...unlinked(row, submission.id, submission.version, day),
    data: {
      submissionId: submission.id,
      consultationId: row.id,
      organisationClass: submission.class,
      tier: 'named',
      receivedOn: day,
      sections,
    },
  });
}
