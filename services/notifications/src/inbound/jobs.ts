import type { JobDefinition } from '@followthrough/jobs';
import type { INestApplicationContext } from '@nestjs/common';
import { DELIVERY_JOB, DIGEST_JOB } from '../outbound/bells';
import { DueWork } from '../outbound/due-work';
import { ComposeDigest } from '../usecases/compose-digest';
import { Deliver } from '../usecases/deliver';
import { GiveUpWaiting } from '../usecases/give-up-waiting';
import { PlanForgotten } from '../usecases/plan-forgotten';
import { Purge } from '../usecases/purge';
import { RecoverDelivery } from '../usecases/recover-delivery';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Everything that the service does by itself. */
export function jobs(app: INestApplicationContext): JobDefinition[] {
  const due = app.get(DueWork);
  return [
    {
      name: DIGEST_JOB,
      concurrency: 4,
      run: (id) => app.get(ComposeDigest).run(id),
      sweep: { everyMs: 5 * SECOND, due: () => due.digests() },
    },
    {
      name: DELIVERY_JOB,
      concurrency: 5,
      run: (id) => app.get(Deliver).run(id),
      sweep: { everyMs: 5 * SECOND, due: () => due.deliveries() },
    },
    {
      name: 'lost-delivery',
      run: (id) => app.get(RecoverDelivery).run(id),
      sweep: { everyMs: 10 * SECOND, due: () => due.lostLeases() },
    },
    {
      name: 'waiting-import',
      run: (id) => app.get(GiveUpWaiting).run(id),
      sweep: { everyMs: MINUTE, due: () => due.waitingImports() },
    },
    {
      name: 'forgotten-notice',
      run: (id) => app.get(PlanForgotten).run(id),
      sweep: { everyMs: MINUTE, due: () => due.forgottenRecipients() },
    },
    {
      name: 'purge',
      run: () => app.get(Purge).run(),
      sweep: { everyMs: HOUR, due: () => Promise.resolve(['outlived']) },
    },
  ];
}
