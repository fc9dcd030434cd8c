import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { Clock, failPoint, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { dateAt } from '../domain/rounds/reminders';
import { RoundPreview } from '../outbound/round-preview';
import { findRound } from '../outbound/round-rows';
import { Vault } from '../outbound/vault';
import { GiveAccess } from './give-access';
import { missing } from './refusal';
import { scheduleReminders } from './schedule-reminders';
import { stepRound } from './step-round';

/**
 * Asks the institutions: a task each with the recommendations on which it leads at this moment, a link and one mail
 * to its contact, and its reminders; all of it in one transaction, so that it is asked once or not at all.
 */
@Injectable()
export class OpenRound {
  constructor(
    private readonly database: Database,
    private readonly preview: RoundPreview,
    private readonly vault: Vault,
    private readonly giveAccess: GiveAccess,
    private readonly clock: Clock,
  ) {}

  async run(caller: CallerIdentity, id: string, wish: { version: number; leaveOut: boolean }): Promise<void> {
    await this.database.transaction((tx) => this.open(tx, caller, id, wish));
    failPoint('round.after-open');
  }

  private async open(
    tx: Transaction,
    caller: CallerIdentity,
    id: string,
    { version, leaveOut }: { version: number; leaveOut: boolean },
  ): Promise<void> {
    const round = await findRound(tx, id, true);
    if (!round || !caller.can('rounds.write', round.stateUnderReview)) throw missing('round');
    const now = this.clock.now();
    const leads = await this.preview.leads(tx, round);
    const assigned = leads.filter(({ institutionId }) => institutionId !== null);
    const next = await stepRound(
      tx,
      caller,
      round,
      version,
      {
        step: 'open',
        assigned: assigned.length,
        withoutLead: leads.length - assigned.length,
        leaveOut,
        dueOn: round.dueOn,
        today: dateAt(now, round.timeZone),
      },
      now,
    );
    const tasks = await this.tasks(tx, id, assigned, now);
    failPoint('round.in-open');
    await scheduleReminders(
      tx,
      round,
      tasks.map(({ taskId }) => taskId),
      now,
    );
    await this.giveAccess.toContacts(tx, tasks);
    await publish(tx, {
      type: 'consultations.v1.RoundOpened',
      aggregateId: id,
      version: next,
      stateUnderReview: round.stateUnderReview,
      visibility: 'internal',
      occurredAt: now,
      data: {
        roundId: id,
        dueOn: round.dueOn,
        recommendations: assigned.length,
        institutions: tasks.length,
      },
    });
  }

  private async tasks(
    tx: Transaction,
    roundId: string,
    leads: { recommendationId: string; institutionId: string | null }[],
    now: Date,
  ): Promise<{ taskId: string; contact: string }[]> {
    const wanted = [...new Set(leads.map(({ institutionId }) => institutionId!))];
    const institutions = await tx.query<{ id: string; name: string; sealed: Buffer | null }[]>(
      `select id, name, contact_sealed as sealed from institution where id = any($1) order by id for share`,
      [wanted],
    );
    const mute = institutions.filter(({ sealed }) => sealed === null).map(({ name }) => name);
    if (mute.length > 0) {
      throw new Problem(
        'unprocessable',
        'contact-missing',
        `No address is known of ${mute.slice(0, 5).join(', ')}${mute.length > 5 ? ` and ${mute.length - 5} more` : ''}: enter it first.`,
        { institutions: mute },
      );
    }
    const tasks = institutions.map(({ id, sealed }) => ({
      taskId: uuidv7(),
      institutionId: id,
      contact: this.vault.decrypt(sealed!).toString('utf8'),
    }));
    await tx.query(
      `insert into round_task (id, round_id, institution_id, version, state, asked_at)
       select t, $3, i, 1, 'asked', $4 from unnest($1::uuid[], $2::uuid[]) as row (t, i)`,
      [tasks.map(({ taskId }) => taskId), tasks.map(({ institutionId }) => institutionId), roundId, now],
    );
    const taskOf = new Map(tasks.map(({ institutionId, taskId }) => [institutionId, taskId]));
    await tx.query(
      `insert into round_task_recommendation (task_id, recommendation_id)
       select t, r from unnest($1::uuid[], $2::uuid[]) as row (t, r)`,
      [
        leads.map(({ institutionId }) => taskOf.get(institutionId!)),
        leads.map(({ recommendationId }) => recommendationId),
      ],
    );
    return tasks;
  }
}
