import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';

export interface ImportProgress {
  importId: string;
  seen: number;
  announcedEvents: number | null;
  releasedAt: Date | null;
  releasedLate: boolean;
  undoneAt: Date | null;
}

const FIELDS = `import_id as "importId", seen, announced_events as "announcedEvents", released_at as "releasedAt",
  released_late as "releasedLate", undone_at as "undoneAt"`;

/** How far the events of each import have been seen. Rows are locked in the order of their ids. */
@Injectable()
export class ImportsSeen {
  async find(tx: Transaction, importIds: string[]): Promise<Map<string, ImportProgress>> {
    const rows = await tx.query<ImportProgress[]>(
      `select ${FIELDS} from import_progress where import_id = any($1)`,
      [importIds],
    );
    return new Map(rows.map((row) => [row.importId, row]));
  }

  /** Adds to the number of announced events seen; locks the import's row until the transaction ends. */
  async count(tx: Transaction, importId: string, events: number, now: Date): Promise<ImportProgress> {
    const rows = await tx.query<[ImportProgress]>(
      `insert into import_progress (import_id, seen, last_seen_at) values ($1, $2, $3)
       on conflict (import_id) do update set seen = import_progress.seen + excluded.seen, last_seen_at = $3
       returning ${FIELDS}`,
      [importId, events, now],
    );
    return rows[0];
  }

  async expect(
    tx: Transaction,
    applied: { importId: string; format: string; demo: boolean; announcedEvents: number },
    now: Date,
  ): Promise<ImportProgress> {
    const rows = await tx.query<[ImportProgress]>(
      `insert into import_progress (import_id, announced_events, format, demo, last_seen_at)
       values ($1, $2, $3, $4, $5)
       on conflict (import_id) do update set announced_events = excluded.announced_events,
         format = excluded.format, demo = excluded.demo, last_seen_at = excluded.last_seen_at
       returning ${FIELDS}`,
      [applied.importId, applied.announcedEvents, applied.format, applied.demo, now],
    );
    return rows[0];
  }

  /** Marks an import as undone. @returns false where that had been done before */
  async undo(tx: Transaction, importId: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into import_progress as held (import_id, undone_at) values ($1, $2)
       on conflict (import_id) do update set undone_at = $2 where held.undone_at is null returning import_id`,
      [importId, now],
    );
    return rows.length === 1;
  }

  /** Marks that an import's mails may go. @returns false where they may already, or never */
  async release(tx: Transaction, importId: string, late: boolean, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update import_progress set released_at = $3, released_late = $2
       where import_id = $1 and released_at is null and undone_at is null returning import_id`,
      [importId, late, now],
    );
    return rows.length === 1;
  }
}

/** Whether every announced event of an import has been seen. */
export function isComplete(progress: ImportProgress): boolean {
  return progress.announcedEvents !== null && progress.seen >= progress.announcedEvents;
}
