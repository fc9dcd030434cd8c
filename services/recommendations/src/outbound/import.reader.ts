import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { ImportEntity } from '@followthrough/imports';
import type { CallerIdentity } from '@followthrough/service-kit';
import type { NamedState } from '../domain/held/state-name';
import type { Statement } from '../domain/held/statement';

export const PAGE_ROWS = 50;

/** An import as the API shows it. */
export function importView(imported: ImportEntity) {
  const {
    uploadId: _,
    applyNo: __,
    family: ___,
    request: ____,
    traceparent: _____,
    cursor,
    staged,
    scope,
    ...shown
  } = imported;
  const moves = imported.state === 'applying' || imported.state === 'undoing';
  const read = staged + imported.rejected;
  return {
    ...shown,
    counts: imported.counts ?? {
      recommendations: 0,
      pledges: 0,
      rejected: imported.rejected,
      byPosition: {},
    },
    statesUnderReview: scope.filter((state) => state !== ''),
    // How many rows a file holds is not known before its last row.
    progress: moves
      ? { done: cursor, total: staged }
      : { done: read, total: imported.state === 'parsing' ? 0 : read },
  };
}

export type ImportView = ReturnType<typeof importView>;

interface PreviewedRow {
  at: Record<string, unknown>;
  /** values that applying would replace */
  before: Record<string, unknown> | null;
  recommendationId: string | null;
  said: Statement;
}

const shownState = (state: NamedState): string => state.code ?? state.raw;

/** A row of a file as the preview shows it; a State that nobody can resolve as its source writes it. */
function rowView({ at, before, recommendationId, said }: PreviewedRow) {
  return {
    at,
    kind: said.kind ?? 'recommendation',
    stateUnderReview: said.stateUnderReview ? shownState(said.stateUnderReview) : '',
    paragraph: said.paragraph ?? '',
    text: said.text ?? '',
    language: said.language ?? 'und',
    position: said.position ?? '',
    recommendingStates: (said.recommendingStates ?? []).map(shownState),
    said,
    ...(before && { before }),
    ...(recommendationId && { recommendationId }),
  };
}

/** What people look up about imports. Each sees those of the States they may read, and their own. */
@Injectable()
export class ImportReader {
  constructor(private readonly database: Database) {}

  async list(caller: CallerIdentity, page: number): Promise<{ total: number; imports: ImportView[] }> {
    const states = caller.statesFor('imports.read');
    const [imports, total] = await this.database.dataSource
      .getRepository(ImportEntity)
      .createQueryBuilder('i')
      .where(
        `i.state <> 'discarded' and (:all or i.created_by = :caller or (i.scope <> '{}' and i.scope <@ :states::text[]))`,
        {
          all: states === '*',
          caller: caller.id,
          states: states === '*' ? [] : states,
        },
      )
      .orderBy('i.createdAt', 'DESC')
      .addOrderBy('i.id', 'DESC')
      .skip((page - 1) * PAGE_ROWS)
      .take(PAGE_ROWS)
      .getManyAndCount();
    return { total, imports: imports.map(importView) };
  }

  /** The import, or null where there is none or the caller may not know of it. */
  async find(caller: CallerIdentity, id: string): Promise<ImportEntity | null> {
    const imported = await this.database.dataSource.getRepository(ImportEntity).findOneBy({ id });
    if (!imported) return null;
    const states = caller.statesFor('imports.read');
    const within = imported.scope.length > 0 && imported.scope.every((state) => states.includes(state));
    return states === '*' || within || imported.createdBy === caller.id ? imported : null;
  }

  async rows(importId: string, kind: 'new' | 'changed' | 'unchanged', page: number) {
    const standing = kind === 'new' ? 'standing is null' : `standing = '${kind}'`;
    const [counted] = await this.database.query(
      `select count(*)::int as total from import_row where import_id = $1 and ${standing}`,
      [importId],
    );
    const rows = await this.database.query<PreviewedRow>(
      `select i.at, i.before, i.subject_id as "recommendationId", s.record as said
       from import_row i join source_record s on s.id = i.source_record_id
       where i.import_id = $1 and ${standing}
       order by i.no limit ${PAGE_ROWS} offset $2`,
      [importId, (page - 1) * PAGE_ROWS],
    );
    return { total: counted.total as number, rows: rows.map(rowView) };
  }

  async rejects(importId: string, page: number) {
    const [counted] = await this.database.query(
      'select count(*)::int as total from import_reject where import_id = $1',
      [importId],
    );
    const rejects = await this.database.query(
      `select at, reason, cure, raw from import_reject where import_id = $1 order by no limit ${PAGE_ROWS} offset $2`,
      [importId, (page - 1) * PAGE_ROWS],
    );
    return { total: counted.total as number, rejects };
  }

  /** Headings of the rejected rows' cells, in the order of the file. */
  async rejectHeadings(importId: string): Promise<string[]> {
    const rows = await this.database.query<{ heading: string }>(
      `select cell.key as heading from import_reject r cross join json_each_text(r.raw) with ordinality as cell (key, value, place)
       where r.import_id = $1 group by cell.key order by max(cell.place), cell.key`,
      [importId],
    );
    return rows.map((row) => row.heading);
  }

  /** All rejected rows, a page at a time. */
  async *allRejects(importId: string): AsyncGenerator<RejectedLine> {
    for (let after = 0; ;) {
      const rows = await this.database.query<RejectedLine>(
        'select no, at, reason, cure, raw from import_reject where import_id = $1 and no > $2 order by no limit 500',
        [importId, after],
      );
      yield* rows;
      if (rows.length === 0) return;
      after = rows.at(-1)!.no;
    }
  }
}

export interface RejectedLine {
  no: number;
  at: Record<string, unknown>;
  reason: string;
  cure: string;
  raw: Record<string, string>;
}
