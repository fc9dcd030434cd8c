import { Database } from '@followthrough/database';
import {
  identify,
  openTextTable,
  openXlsx,
  UnreadableFile,
  type TableFile,
} from '@followthrough/imports/files';
import { Problem, roles, type CallerIdentity, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import {
  NoInvitationTable,
  readInvitations,
  type InvitationReading,
  type InvitationRow,
} from '../domain/account/invitation-table';
import { Invite } from './invite';

export interface InvitedRow {
  row: number;
  email: string;
  state: 'invited' | 'rejected';
  reason: string;
  cure: string;
}

const MOST_ROWS = 2_000;

/** Invites everybody on a list (CSV or XLSX). A bad row is reported and stops no other. */
@Injectable()
export class InviteFromFile {
  constructor(
    private readonly database: Database,
    private readonly invite: Invite,
  ) {}

  /**
   * @returns one entry a row, in the order of the file
   * @throws Problem `unreadable-list` where no row can be read
   */
  async all(bytes: Buffer, caller: CallerIdentity): Promise<InvitedRow[]> {
    const readings = await readList(bytes);
    const organisations = await this.organisations();
    const answers: InvitedRow[] = [];
    for (const reading of readings) {
      answers.push(
        reading.ok
          ? await this.one(reading.row, reading.invitation, organisations, caller)
          : {
              row: reading.row,
              email: reading.email,
              state: 'rejected',
              reason: reading.reason,
              cure: reading.cure,
            },
      );
    }
    return answers;
  }

  private async one(
    row: number,
    { organisation, ...person }: InvitationRow,
    organisations: ReadonlyMap<string, { id: string; states: string[] }>,
    caller: CallerIdentity,
  ): Promise<InvitedRow> {
    const known = organisations.get(organisation.toLowerCase());
    const refused = (reason: string, cure: string): InvitedRow => ({
      row,
      email: person.email,
      state: 'rejected',
      reason,
      cure,
    });
    if (!known) {
      return refused(
        `There is no organisation "${organisation}".`,
        'Enter it into the directory first, or correct the name.',
      );
    }
    const states = person.states.length > 0 ? person.states : known.states;
    try {
      await this.invite.all(
        [{ ...person, roles: person.roles as Role[], states, organisationId: known.id }],
        caller,
      );
      return { row, email: person.email, state: 'invited', reason: '', cure: '' };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return refused(error.detail, 'Correct the row or leave it out.');
    }
  }

  private async organisations(): Promise<Map<string, { id: string; states: string[] }>> {
    const rows = await this.database.query(
      'select id, lower(name) as name, states from directory.organisation',
    );
    return new Map(rows.map(({ id, name, states }) => [name, { id, states }]));
  }
}

async function readList(bytes: Buffer): Promise<InvitationReading[]> {
  try {
    return readInvitations(await firstRows(bytes), roles);
  } catch (error) {
    if (error instanceof NoInvitationTable)
      throw new Problem('unprocessable', 'unreadable-list', error.message);
    if (error instanceof UnreadableFile) {
      throw new Problem('unprocessable', 'unreadable-list', error.message, { cure: error.cure });
    }
    throw error;
  }
}

async function firstRows(bytes: Buffer): Promise<{ row: number; cells: string[] }[]> {
  const table = await opened(bytes);
  try {
    const rows: { row: number; cells: string[] }[] = [];
    const sheet = table.sheets.find(({ hidden }) => !hidden);
    for await (const { at, cells } of sheet?.rows() ?? []) {
      rows.push({ row: 'line' in at ? at.line : at.row, cells });
      if (rows.length > MOST_ROWS) {
        throw new UnreadableFile(`The list has more than ${MOST_ROWS} rows.`, 'Split it into several lists.');
      }
    }
    return rows;
  } finally {
    table.close();
  }
}

async function opened(bytes: Buffer): Promise<TableFile> {
  const { kind } = await identify({ bytes });
  if (kind === 'xlsx') return openXlsx({ bytes });
  if (kind === 'text') return openTextTable({ bytes });
  throw new UnreadableFile('This is neither a CSV nor an XLSX file.', 'Save the list as .csv or .xlsx.');
}
