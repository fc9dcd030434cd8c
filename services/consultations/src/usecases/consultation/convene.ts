import { Injectable } from '@nestjs/common';
import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import {
  audit,
  Clock,
  Problem,
  type CallerIdentity,
  type OrganisationClass,
} from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { instantOf } from '../../domain/consultation/local-instant';
import { lockConsultation, type Audience } from '../../outbound/consultation/consultation-rows';
import { demand, expectVersion } from '../guards';

/** Times are local to the zone: `2026-03-01T23:59`. */
export interface ConsultationFields {
  title: string;
  purpose: string;
  facilitator: string;
  filter: RecommendationFilter;
  opensAt: string;
  closesAt: string;
  timeZone: string;
  submissionsVisibleTo: Audience;
}

/** An organisation that is asked; without an account of its own it hands in on paper. */
export interface Invited {
  class: OrganisationClass;
  organisation: string;
  organisationId: string | null;
}

/** Prepares a consultation and says who is invited. What people were told before they wrote is not changed after. */
@Injectable()
export class Convene {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async begin(caller: CallerIdentity, stateUnderReview: string, fields: ConsultationFields): Promise<string> {
    demand(caller, 'consultations.write', stateUnderReview);
    const { opensAt, closesAt } = instants(fields);
    const id = uuidv7();
    await this.database.transaction(async (tx) => {
      await tx.query(
        `insert into consultation (id, version, state_under_review, state, title, purpose, facilitator, filter, opens_at,
           closes_at, time_zone, submissions_visible_to, created_at, created_by)
         values ($1, 1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          id,
          stateUnderReview,
          fields.title,
          fields.purpose,
          fields.facilitator,
          JSON.stringify(fields.filter),
          opensAt,
          closesAt,
          fields.timeZone,
          fields.submissionsVisibleTo,
          this.clock.now(),
          caller.id,
        ],
      );
      await audit(tx, {
        caller,
        action: 'consultation.begin',
        subject: 'consultation',
        subjectId: id,
        stateUnderReview,
      });
    });
    return id;
  }

  async change(caller: CallerIdentity, id: string, seen: number, fields: ConsultationFields): Promise<void> {
    const { opensAt, closesAt } = instants(fields);
    await this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, id);
      demand(caller, 'consultations.write', row.stateUnderReview);
      expectVersion(row.version, seen);
      if (row.state !== 'draft') {
        throw new Problem(
          'conflict',
          'consultation-not-a-draft',
          'What a consultation is about, when and who reads it is settled once it is scheduled.',
        );
      }
      await tx.query(
        `update consultation set version = version + 1, title = $2, purpose = $3, facilitator = $4, filter = $5,
           opens_at = $6, closes_at = $7, time_zone = $8, submissions_visible_to = $9 where id = $1`,
        [
          id,
          fields.title,
          fields.purpose,
          fields.facilitator,
          JSON.stringify(fields.filter),
          opensAt,
          closesAt,
          fields.timeZone,
          fields.submissionsVisibleTo,
        ],
      );
      await audit(tx, {
        caller,
        action: 'consultation.edit',
        subject: 'consultation',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
      });
    });
  }

  async invite(caller: CallerIdentity, id: string, invited: Invited): Promise<string> {
    return this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, id);
      demand(caller, 'consultations.write', row.stateUnderReview);
      if (!['draft', 'scheduled', 'open', 'paused'].includes(row.state)) {
        throw new Problem('conflict', 'consultation-over', 'Nobody can be invited to it any more.');
      }
      const invitationId = uuidv7();
      const inserted: unknown[] = await tx.query(
        `insert into consultation_invitation (id, consultation_id, version, class, organisation, organisation_id, state)
         values ($1, $2, 1, $3, $4, $5, 'created') on conflict do nothing returning id`,
        [invitationId, id, invited.class, invited.organisation, invited.organisationId],
      );
      if (inserted.length === 0) {
        throw new Problem('conflict', 'invited-already', 'This organisation has been invited already.');
      }
      await audit(tx, {
        caller,
        action: 'consultation.invite',
        subject: 'consultation',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
        details: { invitationId, class: invited.class },
      });
      return invitationId;
    });
  }
}

function instants({ opensAt, closesAt, timeZone }: ConsultationFields): { opensAt: Date; closesAt: Date } {
  const read = (local: string): Date => {
    const answer = instantOf(local, timeZone);
    if ('taken' in answer) return answer.taken;
    throw new Problem('unprocessable', answer.refused.slug, answer.refused.reason);
  };
  const instants = { opensAt: read(opensAt), closesAt: read(closesAt) };
  if (instants.opensAt >= instants.closesAt) {
    throw new Problem('unprocessable', 'closes-before-it-opens', 'A consultation closes after it opens.');
  }
  return instants;
}
