import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { ImportEntity, ImportFunnel, StepRefused, type ImportStep } from '@followthrough/imports';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { Mapping } from '../domain/formats';
import { mayAct } from '../domain/import-access';
import { ImportBell } from '../outbound/import-bell';

/** The steps a person takes with an import that is there: read it again, apply, undo, discard. */
@Injectable()
export class StepImport {
  constructor(
    private readonly database: Database,
    private readonly funnel: ImportFunnel,
    private readonly bell: ImportBell,
  ) {}

  /** Reads the file again, by another mapping. */
  map(caller: CallerIdentity, id: string, mapping: Mapping): Promise<ImportEntity> {
    return this.take(caller, id, 'parse', ({ request }) => ({
      request: { ...request, template: undefined, mapping },
    }));
  }

  /** @param announce false: copies are kept and nobody is told */
  apply(caller: CallerIdentity, id: string, announce: boolean): Promise<ImportEntity> {
    return this.take(caller, id, 'apply', () => ({ announce }));
  }

  undo(caller: CallerIdentity, id: string): Promise<ImportEntity> {
    return this.take(caller, id, 'undo');
  }

  discard(caller: CallerIdentity, id: string): Promise<ImportEntity> {
    return this.take(caller, id, 'discard');
  }

  private take(
    caller: CallerIdentity,
    id: string,
    step: ImportStep,
    change: (imported: ImportEntity) => Partial<ImportEntity> = () => ({}),
  ): Promise<ImportEntity> {
    return this.database.transaction(async (tx) => {
      const known = await this.refuseStrangers(tx, caller, id);
      const imported = await this.taken(tx, id, step, change(known));
      await audit(tx, {
        caller,
        action: `import.${step}`,
        subject: 'import',
        subjectId: id,
        stateUnderReview: imported.scope.length === 1 ? imported.scope[0] || null : null,
        details: step === 'apply' ? { announce: imported.announce } : {},
      });
      this.bell.ring(tx, id);
      return imported;
    });
  }

  private async taken(tx: Transaction, id: string, step: ImportStep, change: Partial<ImportEntity>) {
    try {
      return await this.funnel.take(tx, id, step, change);
    } catch (error) {
      if (error instanceof StepRefused)
        throw new Problem('conflict', `import-not-${step}able`, error.message);
      throw error;
    }
  }

  private async refuseStrangers(tx: Transaction, caller: CallerIdentity, id: string): Promise<ImportEntity> {
    const imported = await tx.findOneBy(ImportEntity, { id });
    if (!imported) throw new Problem('not-found', 'import-not-found', 'There is no such import.');
    if (mayAct(caller.statesFor('imports.write'), imported, caller.id)) return imported;
    const unknown = imported.scope.includes('');
    throw new Problem(
      'forbidden',
      'import-beyond-your-states',
      unknown
        ? 'Some rows of this import name no State under review that is known: answer the open questions about it first.'
        : 'This import has rows about States under review that you do not coordinate.',
      { statesUnderReview: imported.scope },
    );
  }
}
