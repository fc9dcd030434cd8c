import { Database } from '@followthrough/database';
import { UnreadableFile } from '@followthrough/imports/files';
import { Problem, type CallerIdentity } from '@followthrough/service-kit';
import { fold } from '@followthrough/vocabulary';
import { Injectable } from '@nestjs/common';
import { leadColumns, leadRow } from '../domain/rounds/lead-table';
import { readTable } from '../outbound/read-table';
import { AssignLeads } from './assign-leads';
import { notYourState } from './refusal';

const MOST_ROWS = 20_000;

/** Assigns from a list (XLSX or CSV) by recommendation id, or by symbol and paragraph, and the institution's name. */
@Injectable()
export class AssignLeadsFromFile {
  constructor(
    private readonly database: Database,
    private readonly assignLeads: AssignLeads,
  ) {}

  /** A row that cannot be used is reported and stops no other. */
  async run(
    caller: CallerIdentity,
    stateUnderReview: string,
    bytes: Buffer,
  ): Promise<{ assigned: number; rejected: { row: number; reason: string }[] }> {
    if (!caller.can('rounds.write', stateUnderReview)) throw notYourState();
    const [first, ...rows] = await listOf(bytes);
    const places = leadColumns(first?.cells ?? []);
    if (!places) {
      throw new Problem(
        'unprocessable',
        'columns-missing',
        'The first row must name the columns "Institution" and either "Recommendation id" or "Symbol" and "Paragraph".',
      );
    }
    const institutions = await this.institutions(stateUnderReview);
    const { byId, byPlace } = await this.recommendations(stateUnderReview);
    const leads = new Map<string, string>();
    const rejected: { row: number; reason: string }[] = [];
    for (const { at, cells, damage } of rows) {
      const { id, symbol, paragraph, institution } = leadRow(places, cells);
      const row = 'row' in at ? at.row : at.line;
      const reject = (reason: string) => rejected.push({ row, reason });
      const institutionId = institutions.get(fold(institution));
      const found = id ? (byId.has(id) ? [id] : []) : (byPlace.get(placeOf(symbol, paragraph)) ?? []);
      if (damage) reject(damage);
      else if (!institutionId)
        reject(`There is no institution called "${institution.slice(0, 100)}": name it first.`);
      else if (found.length === 0) reject('There is no such recommendation to this State.');
      else for (const one of found) leads.set(one, institutionId);
    }
    await this.assignLeads.byRows(
      caller,
      stateUnderReview,
      [...leads].map(([recommendationId, institutionId]) => ({ recommendationId, institutionId })),
    );
    return { assigned: leads.size, rejected };
  }

  private async institutions(stateUnderReview: string): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(
      'select id, name from institution where state_under_review = $1',
      [stateUnderReview],
    );
    return new Map(rows.map(({ id, name }) => [fold(name), id]));
  }

  /** A paragraph that several sources cite is several recommendations: the institution leads on all of them. */
  private async recommendations(stateUnderReview: string) {
    const rows = await this.database.query<{ id: string; symbol: string; paragraph: string }>(
      `select recommendation_id as id, symbol, paragraph from recommendation_copy
       where state_under_review = $1 and not withdrawn`,
      [stateUnderReview],
    );
    const byPlace = new Map<string, string[]>();
    for (const { id, symbol, paragraph } of rows) {
      const place = placeOf(symbol, paragraph);
      byPlace.set(place, [...(byPlace.get(place) ?? []), id]);
    }
    return { byId: new Set(rows.map(({ id }) => id)), byPlace };
  }
}

const placeOf = (symbol: string, paragraph: string): string =>
  `${symbol.toUpperCase().replace(/\s/g, '')} ${paragraph.replace(/\s/g, '')}`;

async function listOf(bytes: Buffer) {
  try {
    return await readTable(bytes, MOST_ROWS);
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new Problem('unprocessable', 'list-unreadable', `${error.reason} ${error.cure}`);
    throw error;
  }
}
