import { handler, type Handler } from '@followthrough/messaging';
import type { CorrectUndoneImport } from '../usecases/correct-undone-import';
import type { ExpectImport } from '../usecases/expect-import';

/** The end of an import, and of its undo. */
export function imports(expectImport: ExpectImport, correctUndoneImport: CorrectUndoneImport): Handler[] {
  return [
    handler({
      events: ['recommendations.v1.ImportApplied'],
      snapshots: false,
      handle: async (tx, batch) => {
        for (const event of batch) await expectImport.run(tx, event);
      },
    }),
    handler({
      events: ['recommendations.v1.ImportUndone'],
      snapshots: false,
      handle: async (tx, batch) => {
        for (const event of batch) await correctUndoneImport.run(tx, event);
      },
    }),
  ];
}
