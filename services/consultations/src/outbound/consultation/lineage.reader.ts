import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { ActionState } from '../../domain/roadmap/action-state';
import { rowsOf } from '../rows-of';
import { seesSubmission } from './audience';
import { findConsultation, SUBMISSION, type ConsultationRow, type SubmissionRow } from './consultation-rows';

export interface Development {
  actionId: string;
  on: string;
  kind: 'step' | 'value';
  /** step, or number of the value */
  what: string;
}

export interface LineageAction {
  actionId: string;
  roadmapId: string;
  number: string;
  title: string;
  state: ActionState;
  developments: Development[];
}

export interface SectionLine {
  sectionId: string;
  submissionId: string;
  consultationId: string;
  class: string;
  /** '' and null where the caller may not know */
  organisation: string;
  body: string | null;
  targetType: string;
  targetId: string;
  outcome: string | null;
  reason: string | null;
}

/** Sections of the submissions by their ids, `$1`. */
export const SECTIONS = `select s.id as "sectionId", u.id as "submissionId", u.consultation_id as "consultationId", u.class,
  u.organisation, s.body, s.target_type as "targetType", s.target_id as "targetId", d.outcome, d.reason
  from submission_section s join submission u on u.id = s.submission_id left join disposition d on d.section_id = s.id`;

/** Actions of sections. Only what an adopted version has is told. */
export const ACTIONS_OF_SECTIONS = `select l.from_id as "sectionId", a.id as "actionId", a.roadmap_id as "roadmapId",
  a.content->>'number' as number, a.content->>'title' as title, a.state
  from lineage l join roadmap_action a on a.id = l.to_id
  where l.from_type = 'section' and l.from_id = any($1::uuid[]) and l.to_type = 'action' and a.state <> 'proposed'`;

export const SECTIONS_OF_ACTION = `${SECTIONS} join lineage l on l.from_type = 'section' and l.from_id = s.id
  where l.to_type = 'action' and l.to_id = $1 and u.state = 'submitted'`;

export const DEVELOPMENTS = `select subject_id as "actionId", (at at time zone 'UTC')::date as "on", 'step' as kind, step as what
  from roadmap_transition where subject_id = any($1::uuid[]) and subject = 'action'
  union all
  select action_id, (recorded_at at time zone 'UTC')::date, 'value', sequence::text
  from indicator_value where action_id = any($1::uuid[])
  order by 2, 1`;

/** From a section to actions and what became of them, and back. */
@Injectable()
export class LineageReader {
  constructor(private readonly database: Database) {}

  async ofSection(caller: CallerIdentity | null, sectionId: string) {
    const [line] = await rowsOf<SectionLine>(this.database, `${SECTIONS} where s.id = $1`, [sectionId]);
    const shown = line ? await this.shown(caller, [line]) : [];
    if (shown.length === 0) throw new Problem('not-found', 'section-not-found', 'There is no such section.');
    return { section: shown[0]!, actions: (await this.actionsOf([sectionId])).get(sectionId) ?? [] };
  }

  async ofAction(caller: CallerIdentity | null, actionId: string) {
    const lines = await rowsOf<SectionLine>(this.database, SECTIONS_OF_ACTION, [actionId]);
    return { sections: await this.shown(caller, lines) };
  }

  /** What the caller's organisations have contributed, and what became of it, newest first. */
  async contributions(caller: CallerIdentity) {
    const submissions = await rowsOf<SubmissionRow>(
      this.database,
      `${SUBMISSION} where organisation_id = any($1::uuid[]) order by received_on desc nulls first, id limit 200`,
      [caller.memberships.map(({ organisationId }) => organisationId)],
    );
    const lines = await rowsOf<SectionLine>(
      this.database,
      `${SECTIONS} where s.submission_id = any($1::uuid[]) order by s.position`,
      [submissions.map(({ id }) => id)],
    );
    const actions = await this.actionsOf(lines.map(({ sectionId }) => sectionId));
    const consultations = await this.consultations(submissions.map(({ consultationId }) => consultationId));
    return submissions.map((submission) => {
      const { title, state } = consultations.get(submission.consultationId)!;
      const told = state === 'outcome-published' || state === 'archived';
      return {
        submissionId: submission.id,
        version: submission.version,
        state: submission.state,
        receivedOn: submission.receivedOn,
        consultation: { consultationId: submission.consultationId, title, state },
        sections: lines
          .filter(({ submissionId }) => submissionId === submission.id)
          .map((line) => ({
            ...(told ? line : { ...line, outcome: null, reason: null }),
            actions: told ? (actions.get(line.sectionId) ?? []) : [],
          })),
      };
    });
  }

  async actionsOf(sectionIds: string[]): Promise<Map<string, LineageAction[]>> {
    const rows = await rowsOf<Omit<LineageAction, 'developments'> & { sectionId: string }>(
      this.database,
      ACTIONS_OF_SECTIONS,
      [sectionIds],
    );
    const developments = await rowsOf<Development>(this.database, DEVELOPMENTS, [
      rows.map(({ actionId }) => actionId),
    ]);
    const found = new Map<string, LineageAction[]>();
    for (const { sectionId, ...action } of rows) {
      const of = developments.filter(({ actionId }) => actionId === action.actionId);
      found.set(sectionId, [...(found.get(sectionId) ?? []), { ...action, developments: of }]);
    }
    return found;
  }

  /** Sections that the caller may know of, without what they may not. Before the outcome only the desk does. */
  private async shown(caller: CallerIdentity | null, lines: SectionLine[]): Promise<SectionLine[]> {
    const consultations = await this.consultations(lines.map(({ consultationId }) => consultationId));
    const shown: SectionLine[] = [];
    for (const line of lines) {
      const consultation = consultations.get(line.consultationId)!;
      const desk = caller?.can('consultations.read', consultation.stateUnderReview) ?? false;
      const told = consultation.state === 'outcome-published' || consultation.state === 'archived';
      if (!desk && !told) continue;
      const reads = await seesSubmission(this.database, caller, consultation, line.submissionId);
      shown.push(reads ? line : { ...line, submissionId: '', organisation: '', body: null });
    }
    return shown;
  }

  private async consultations(ids: string[]): Promise<Map<string, ConsultationRow>> {
    const found = new Map<string, ConsultationRow>();
    for (const id of new Set(ids)) found.set(id, await findConsultation(this.database, id));
    return found;
  }
}
