import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { Problem, type CallerIdentity, type OrganisationClass } from '@followthrough/service-kit';
import { linesOf, recommendationsTo, type RecommendationLine } from '../recommendations.reader';
import { rowsOf } from '../rows-of';
import { seesSubmission } from './audience';
import {
  findConsultation,
  recommendationIdsOf,
  SUBMISSION,
  type ConsultationRow,
  type SubmissionRow,
} from './consultation-rows';
import { SECTIONS, type SectionLine } from './lineage.reader';

export interface ConsultationHead extends Omit<ConsultationRow, 'id' | 'opensAt' | 'closesAt'> {
  consultationId: string;
  /** instants, ISO 8601 in UTC */
  opensAt: string;
  closesAt: string;
}

export interface DeskSection extends SectionLine {
  /** of the disposition, 0 where there is none */
  dispositionVersion: number;
  actionIds: string[];
}

/** What people look up about consultations. Drafts are the desk's; the rest is public but for who wrote what. */
@Injectable()
export class ConsultationReader {
  constructor(private readonly database: Database) {}

  async list(caller: CallerIdentity | null): Promise<ConsultationHead[]> {
    const states = caller?.statesFor('consultations.read') ?? [];
    const rows = await rowsOf<{ id: string }>(
      this.database,
      `select id from consultation
       where state not in ('draft', 'cancelled') or $1::text[] is null or state_under_review = any($1)
       order by created_at desc limit 200`,
      [states === '*' ? null : states],
    );
    const heads: ConsultationHead[] = [];
    for (const { id } of rows) heads.push(headOf(await findConsultation(this.database, id)));
    return heads;
  }

  async one(caller: CallerIdentity | null, id: string) {
    const row = await this.visible(caller, id);
    const ids = await recommendationIdsOf(this.database, id);
    const recommendations: RecommendationLine[] =
      row.state === 'draft'
        ? await recommendationsTo(this.database, row.stateUnderReview, row.filter)
        : [...(await linesOf(this.database, ids)).values()];
    const told = row.state === 'outcome-published' || row.state === 'archived';
    return {
      consultation: headOf(row),
      recommendations,
      classesInvited: await this.classes(id),
      invited: await this.invites(caller, id),
      outcome: told ? await this.outcome(id) : null,
      meetings: told ? await this.meetings(id) : [],
    };
  }

  /** Everything that the desk works on: invitations, submissions with their sections, meetings. */
  async desk(caller: CallerIdentity, id: string) {
    const row = await findConsultation(this.database, id);
    if (!caller.can('consultations.read', row.stateUnderReview)) throw hidden();
    const invitations = await rowsOf<{
      invitationId: string;
      class: OrganisationClass;
      organisation: string;
      organisationId: string | null;
      state: string;
    }>(
      this.database,
      `select id as "invitationId", class, organisation, organisation_id as "organisationId", state
       from consultation_invitation where consultation_id = $1 order by class, organisation`,
      [id],
    );
    const sections = await rowsOf<DeskSection>(
      this.database,
      `select t.*, coalesce(d.version, 0) as "dispositionVersion",
         array(select l.to_id::text from lineage l where l.from_type = 'section' and l.from_id = t."sectionId") as "actionIds"
       from (${SECTIONS} where u.consultation_id = $1 and u.state = 'submitted') t
       left join disposition d on d.section_id = t."sectionId" order by t."targetId", t."sectionId"`,
      [id],
    );
    return { consultation: headOf(row), invitations, sections, meetings: await this.meetings(id) };
  }

  /** A submission as handed in, to who may read it. */
  async submission(caller: CallerIdentity | null, id: string) {
    const [submission] = await rowsOf<SubmissionRow>(this.database, `${SUBMISSION} where id = $1`, [id]);
    if (!submission) throw new Problem('not-found', 'submission-not-found', 'There is no such submission.');
    const row = await findConsultation(this.database, submission.consultationId);
    const own =
      caller?.memberships.some(({ organisationId }) => organisationId === submission.organisationId) ?? false;
    const shown =
      own || (submission.state === 'submitted' && (await seesSubmission(this.database, caller, row, id)));
    if (!shown) throw new Problem('not-found', 'submission-not-found', 'There is no such submission.');
    const sections = await rowsOf<{ sectionId: string; targetType: string; targetId: string; body: string }>(
      this.database,
      `select id as "sectionId", target_type as "targetType", target_id as "targetId", body
       from submission_section where submission_id = $1 order by position`,
      [id],
    );
    const { id: submissionId, ...fields } = submission;
    return { submissionId, ...fields, sections };
  }

  private async visible(caller: CallerIdentity | null, id: string): Promise<ConsultationRow> {
    const row = await findConsultation(this.database, id);
    const open = row.state !== 'draft' && row.state !== 'cancelled';
    if (!open && !caller?.can('consultations.read', row.stateUnderReview)) throw hidden();
    return row;
  }

  private async classes(id: string): Promise<string[]> {
    const rows = await rowsOf<{ class: string }>(
      this.database,
      `select distinct class from consultation_invitation where consultation_id = $1 and state in ('created', 'accepted')
       order by class`,
      [id],
    );
    return rows.map((row) => row.class);
  }

  /** Whether one of the caller's organisations may hand in. */
  private async invites(caller: CallerIdentity | null, id: string): Promise<boolean> {
    if (!caller) return false;
    const rows = await rowsOf(
      this.database,
      `select from consultation_invitation where consultation_id = $1 and organisation_id = any($2::uuid[])
         and state in ('created', 'accepted') limit 1`,
      [id, caller.memberships.map(({ organisationId }) => organisationId)],
    );
    return rows.length > 0;
  }

  /** Sections by what they speak of, with their fate and reason; whose they are is in no outcome. */
  private outcome(id: string) {
    return rowsOf<{
      sectionId: string;
      class: string;
      targetType: string;
      targetId: string;
      outcome: string;
      reason: string;
    }>(
      this.database,
      `select s.id as "sectionId", u.class, s.target_type as "targetType", s.target_id as "targetId", d.outcome, d.reason
       from submission u join submission_section s on s.submission_id = u.id join disposition d on d.section_id = s.id
       where u.consultation_id = $1 and u.state = 'submitted' order by s.target_id, s.id`,
      [id],
    );
  }

  private meetings(id: string) {
    return rowsOf<{
      meetingId: string;
      version: number;
      heldOn: string;
      place: string;
      attendance: { class: OrganisationClass; organisation: string; persons: number }[];
      minutes: string;
      minutesState: string;
    }>(
      this.database,
      `select id as "meetingId", version, held_on as "heldOn", place, attendance, minutes, minutes_state as "minutesState"
       from consultation_meeting where consultation_id = $1 order by held_on, id`,
      [id],
    );
  }
}

const hidden = () => new Problem('not-found', 'consultation-not-found', 'There is no such consultation.');

function headOf({ id, opensAt, closesAt, ...row }: ConsultationRow): ConsultationHead {
  return { consultationId: id, ...row, opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() };
}
