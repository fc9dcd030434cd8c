import { Database, type Transaction } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Institutions, type Institution } from '../outbound/institutions';
import { Vault } from '../outbound/vault';
import { GiveAccess } from './give-access';
import { missing, notYourState, sameVersion } from './refusal';

export interface InstitutionFields {
  name: string;
  locale: string;
  contact: string | null;
  supervisor: string | null;
  validatorId: string | null;
}

/** Names institutions, which need no account, and keeps the addresses at which they are asked. */
@Injectable()
export class KeepInstitution {
  constructor(
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly vault: Vault,
    private readonly giveAccess: GiveAccess,
    private readonly clock: Clock,
  ) {}

  async register(
    caller: CallerIdentity,
    stateUnderReview: string,
    fields: InstitutionFields,
  ): Promise<Institution> {
    if (!caller.can('rounds.write', stateUnderReview)) throw notYourState();
    return this.database.transaction(async (tx) => {
      const id = uuidv7();
      const rows = await tx.query<object[]>(
        `insert into institution (id, version, state_under_review, name, locale, contact_sealed, supervisor_sealed,
                                  validator_id, created_at)
         values ($1, 1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
        [id, stateUnderReview, ...this.values(fields), this.clock.now()],
      );
      if (rows.length === 0) throw nameTaken(fields.name);
      await this.record(tx, caller, 'institution.register', id, stateUnderReview);
      return (await this.institutions.find(tx, id))!;
    });
  }

  /** A new contact address takes over every open task: the link to the old one ends, the new one gets its own. */
  async change(
    caller: CallerIdentity,
    id: string,
    version: number,
    fields: InstitutionFields,
  ): Promise<Institution> {
    return this.database.transaction(async (tx) => {
      const before = await this.held(tx, caller, id);
      sameVersion(version, before.version);
      const [other] = await tx.query<object[]>(
        'select id from institution where state_under_review = $1 and lower(name) = lower($2) and id <> $3',
        [before.stateUnderReview, fields.name, id],
      );
      if (other) throw nameTaken(fields.name);
      await tx.query(
        `update institution set version = version + 1, name = $2, locale = $3, contact_sealed = $4,
           supervisor_sealed = $5, validator_id = $6 where id = $1`,
        [id, ...this.values(fields)],
      );
      if (fields.contact !== before.contact) await this.giveAccess.moveContact(tx, id, fields.contact);
      await this.record(tx, caller, 'institution.change', id, before.stateUnderReview);
      return (await this.institutions.find(tx, id))!;
    });
  }

  async remove(caller: CallerIdentity, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { stateUnderReview } = await this.held(tx, caller, id);
      const [asked] = await tx.query<object[]>(
        'select id from round_task where institution_id = $1 limit 1',
        [id],
      );
      if (asked) {
        throw new Problem(
          'conflict',
          'institution-was-asked',
          'The institution has answered in a round and stays: rename it, or take its address away.',
        );
      }
      await tx.query('delete from institution where id = $1', [id]);
      await this.record(tx, caller, 'institution.remove', id, stateUnderReview);
    });
  }

  private async held(tx: Transaction, caller: CallerIdentity, id: string): Promise<Institution> {
    const held = await this.institutions.find(tx, id, true);
    if (!held || !caller.can('rounds.write', held.stateUnderReview)) throw missing('institution');
    return held;
  }

  private values({ name, locale, contact, supervisor, validatorId }: InstitutionFields): unknown[] {
    const seal = (address: string | null) => (address === null ? null : this.vault.encrypt(address));
    return [name, locale, seal(contact), seal(supervisor), validatorId];
  }

  private record(tx: Transaction, caller: CallerIdentity, action: string, id: string, state: string) {
    return audit(tx, { caller, action, subject: 'institution', subjectId: id, stateUnderReview: state });
  }
}

const nameTaken = (name: string): Problem =>
  new Problem('conflict', 'institution-known', `There is an institution called ${name} already.`);
