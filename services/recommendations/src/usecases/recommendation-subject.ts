import { Injectable } from '@nestjs/common';
import type { Transaction } from '@followthrough/database';
import type {
  Comparison,
  FunnelSubject,
  HoldCause,
  ImportEntity,
  ImportResult,
  Reading,
  RowRange,
  Settlement,
} from '@followthrough/imports';
import { Clock } from '@followthrough/service-kit';
import { RecommendationFileReader } from '../outbound/recommendation-file.reader';
import { askOpenQuestions } from './ask-open-questions';
import { compareImport } from './compare-import';
import { finishImport } from './finish-import';
import { holdRecommendations } from './hold-recommendations';
import { settleOwnExport } from './settle-own-export';

/** What recommendations add to the import funnel. */
@Injectable()
export class RecommendationSubject implements FunnelSubject {
  constructor(
    private readonly files: RecommendationFileReader,
    private readonly clock: Clock,
  ) {}

  read(file: { path: string; name: string }, imported: ImportEntity): Promise<Reading> {
    return this.files.read(file, imported);
  }

  openQuestions(tx: Transaction, imported: ImportEntity): Promise<number> {
    return askOpenQuestions(tx, imported.id);
  }

  settle(tx: Transaction, imported: ImportEntity, range: RowRange): Promise<Settlement[]> {
    return settleOwnExport(tx, imported, range);
  }

  compare(tx: Transaction, imported: ImportEntity, range: RowRange): Promise<Comparison[]> {
    return compareImport(tx, imported, range);
  }

  hold(tx: Transaction, joinKeys: string[], { import: imported, step }: HoldCause): Promise<ImportResult> {
    return holdRecommendations(tx, joinKeys, {
      importId: imported.id,
      announce: imported.announce ?? false,
      withdrawal: step === 'apply' ? 'source-changed' : imported.demo ? 'demo-removed' : 'import-undone',
      at: this.clock.now(),
    });
  }

  finish(tx: Transaction, cause: HoldCause, result: ImportResult): Promise<void> {
    return finishImport(tx, cause, result);
  }
}
