import type { JobDefinition } from '@followthrough/jobs';
import type { ImportFunnel } from '@followthrough/imports';
import type { Clock } from '@followthrough/service-kit';
import { ADVANCE_IMPORT } from '../outbound/import-bell';

const DAY = 24 * 60 * 60 * 1000;
const MONTH = 30 * DAY;

/** Reads, applies and undoes imports, as their state says. */
export function advanceImportJob(funnel: ImportFunnel): JobDefinition {
  return {
    name: ADVANCE_IMPORT,
    concurrency: 4,
    run: (id, stopping) => funnel.advance(id, stopping),
    sweep: { everyMs: 30_000, due: () => funnel.underWay() },
  };
}

/** Forgets broken uploads, and what previews showed of imports that ended long ago. */
export function sweepImportsJob(funnel: ImportFunnel, clock: Clock): JobDefinition {
  return {
    name: 'sweep-imports',
    run: () =>
      funnel.sweep({
        brokenOff: new Date(clock.now().getTime() - DAY),
        ended: new Date(clock.now().getTime() - MONTH),
      }),
    sweep: { everyMs: DAY / 4, due: async () => ['all'] },
  };
}
