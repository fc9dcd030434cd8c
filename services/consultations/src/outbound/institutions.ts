import { Injectable } from '@nestjs/common';
import type { Reader } from './reader';
import { Vault } from './vault';

export interface Institution {
  id: string;
  version: number;
  stateUnderReview: string;
  name: string;
  locale: string;
  contact: string | null;
  supervisor: string | null;
  validatorId: string | null;
}

type Row = Omit<Institution, 'contact' | 'supervisor'> & {
  contactSealed: Buffer | null;
  supervisorSealed: Buffer | null;
};

const COLUMNS = `i.id, i.version, i.state_under_review as "stateUnderReview", i.name, i.locale,
  i.contact_sealed as "contactSealed", i.supervisor_sealed as "supervisorSealed", i.validator_id as "validatorId"`;

/** Institutions as they are held, addresses opened. */
@Injectable()
export class Institutions {
  constructor(private readonly vault: Vault) {}

  async of(reader: Reader, stateUnderReview: string): Promise<(Institution & { leads: number })[]> {
    const rows = (await reader.query(
      `select ${COLUMNS}, (select count(*)::int from lead_assignment l join recommendation_copy r using (recommendation_id)
                           where l.institution_id = i.id and not r.withdrawn) as leads
       from institution i where i.state_under_review = $1 order by lower(i.name)`,
      [stateUnderReview],
    )) as (Row & { leads: number })[];
    return rows.map(({ leads, ...row }) => ({ ...this.opened(row), leads }));
  }

  async find(reader: Reader, id: string, lock = false): Promise<Institution | null> {
    const [row] = (await reader.query(
      `select ${COLUMNS} from institution i where i.id = $1 ${lock ? 'for update' : ''}`,
      [id],
    )) as Row[];
    return row ? this.opened(row) : null;
  }

  private opened({ contactSealed, supervisorSealed, ...row }: Row): Institution {
    const open = (sealed: Buffer | null) => sealed && this.vault.decrypt(sealed).toString('utf8');
    return { ...row, contact: open(contactSealed), supervisor: open(supervisorSealed) };
  }
}
