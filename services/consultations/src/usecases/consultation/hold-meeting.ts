import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { audit, Problem, type CallerIdentity, type OrganisationClass } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { lockConsultation } from '../../outbound/consultation/consultation-rows';
import { rowsOf } from '../../outbound/rows-of';
import { demand, expectVersion } from '../guards';

export const minutesStates = ['draft', 'circulated', 'approved'] as const;

export interface Meeting {
  heldOn: string;
  place: string;
  /** persons are counted, never named */
  attendance: { class: OrganisationClass; organisation: string; persons: number }[];
  minutes: string;
  minutesState: (typeof minutesStates)[number];
}

/** Keeps who was at a meeting and what was said. Approved minutes stand. */
@Injectable()
export class HoldMeeting {
  constructor(private readonly database: Database) {}

  async add(caller: CallerIdentity, consultationId: string, meeting: Meeting): Promise<string> {
    const id = uuidv7();
    await this.write(caller, consultationId, id, 0, meeting);
    return id;
  }

  async change(caller: CallerIdentity, id: string, seen: number, meeting: Meeting): Promise<void> {
    const [held] = await rowsOf<{ consultationId: string }>(
      this.database,
      'select consultation_id as "consultationId" from consultation_meeting where id = $1',
      [id],
    );
    if (!held) throw new Problem('not-found', 'meeting-not-found', 'There is no such meeting.');
    await this.write(caller, held.consultationId, id, seen, meeting);
  }

  private async write(
    caller: CallerIdentity,
    consultationId: string,
    id: string,
    seen: number,
    meeting: Meeting,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, consultationId);
      demand(caller, 'consultations.write', row.stateUnderReview);
      if (['draft', 'outcome-published', 'archived', 'cancelled'].includes(row.state)) {
        throw new Problem(
          'conflict',
          'meeting-not-now',
          'Meetings are kept from scheduling on until the outcome is published.',
        );
      }
      const [held] = await rowsOf<{ version: number; state: string }>(
        tx,
        'select version, minutes_state as state from consultation_meeting where id = $1',
        [id],
      );
      expectVersion(held?.version ?? 0, seen);
      if (held?.state === 'approved') {
        throw new Problem('conflict', 'minutes-approved', 'These minutes have been approved and stand.');
      }
      await tx.query(
        `insert into consultation_meeting (id, consultation_id, version, held_on, place, attendance, minutes, minutes_state)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set version = excluded.version, held_on = excluded.held_on, place = excluded.place,
           attendance = excluded.attendance, minutes = excluded.minutes, minutes_state = excluded.minutes_state`,
        [
          id,
          consultationId,
          seen + 1,
          meeting.heldOn,
          meeting.place,
          JSON.stringify(meeting.attendance),
          meeting.minutes,
          meeting.minutesState,
        ],
      );
      await audit(tx, {
        caller,
        action: 'meeting.keep',
        subject: 'consultation',
        subjectId: consultationId,
        stateUnderReview: row.stateUnderReview,
        details: { meetingId: id, minutesState: meeting.minutesState },
      });
    });
  }
}
