import type { Transaction } from '@followthrough/database';
import type { HoldCause, ImportResult } from '@followthrough/imports';
import { publish } from '@followthrough/messaging';
import { removeDemoRows } from './remove-demo-rows';

/**
 * Tells that an import has been applied, or undone, to its last row. One that changed nothing is no fact to tell.
 * The aggregate is the import: applying is its first version, undoing its second.
 */
export async function finishImport(
  tx: Transaction,
  { import: imported, step }: HoldCause,
  result: ImportResult,
): Promise<void> {
  if (result.recorded + result.revised + result.withdrawn > 0) {
    const states = imported.scope.filter((state) => state !== '').sort();
    await publish(tx, {
      type: step === 'apply' ? 'recommendations.v1.ImportApplied' : 'recommendations.v1.ImportUndone',
      aggregateId: imported.id,
      version: step === 'apply' ? 1 : 2,
      stateUnderReview: states.length === 1 ? states[0]! : null,
      visibility: 'public',
      data: {
        importId: imported.id,
        format: imported.format ?? '',
        announce: imported.announce ?? false,
        recorded: result.recorded,
        revised: result.revised,
        withdrawn: result.withdrawn,
        unchanged: result.unchanged,
        rejected: imported.rejected,
        announcedEvents: result.announced,
        statesUnderReview: states,
        demo: imported.demo,
      },
    });
  }
  if (step === 'undo' && imported.demo) await removeDemoRows(tx, imported.id);
}
