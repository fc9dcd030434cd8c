import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportState } from './import-state';

/** Counts of an import's rows as read; a service adds its own. */
export type ImportCounts = Record<string, unknown>;

/** What the dry run found: rows by what applying them would do. */
export interface ImportPreview {
  new: number;
  changed: number;
  unchanged: number;
  rejected: number;
  openQuestions: number;
}

/** What applying (or undoing) has done so far, in subjects and not in rows. */
export interface ImportResult {
  recorded: number;
  revised: number;
  withdrawn: number;
  unchanged: number;
  /** events published with `announce: true` */
  announced: number;
}

/** A file on its way in, or rows that came in another way. The row is the truth about how far it is. */
@Entity('import')
export class ImportEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'upload_id', nullable: true }) uploadId: string | null;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('bigint', { transformer: { from: Number, to: (value: number) => value } }) bytes: number;
  @Column('text') sha256: string;
  @Column('text') state: ImportState;
  @Column('text', { nullable: true }) format: string | null;
  @Column('text', { nullable: true }) family: string | null;
  @Column('text', { nullable: true }) template: string | null;
  @Column('jsonb', { nullable: true }) mapping: unknown;
  @Column('jsonb') request: Record<string, unknown>;
  @Column('jsonb') document: Record<string, unknown>;
  @Column('jsonb', { nullable: true }) columns: unknown;
  @Column('text', { array: true }) missing: string[];
  @Column('text', { array: true }) warnings: string[];
  @Column('text', { array: true }) scope: string[];
  @Column('integer') staged: number;
  @Column('integer') rejected: number;
  @Column('boolean') shares: boolean;
  @Column('jsonb', { nullable: true }) counts: ImportCounts | null;
  @Column('jsonb', { nullable: true }) preview: ImportPreview | null;
  @Column('boolean', { name: 'announce_default' }) announceDefault: boolean;
  @Column('boolean', { nullable: true }) announce: boolean | null;
  @Column('bigint', { name: 'apply_no', nullable: true }) applyNo: string | null;
  @Column('integer') cursor: number;
  @Column('jsonb', { nullable: true }) result: ImportResult | null;
  @Column('jsonb', { nullable: true }) error: { reason: string; cure: string } | null;
  @Column('boolean') demo: boolean;
  /** W3C trace of who asked for the present step, where it is recorded. */
  @Column('text', { nullable: true }) traceparent: string | null;
  @Column('text', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'applied_at', nullable: true }) appliedAt: Date | null;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt: Date | null;
}
