import type { JobDefinition } from '@followthrough/jobs';
import type { INestApplicationContext } from '@nestjs/common';
import { DueRoundWork } from '../outbound/due-round-work';
import { ROUND_MAIL_JOB } from '../outbound/round-mails';
import { Remind } from '../usecases/remind';
import { SendRoundMail } from '../usecases/send-round-mail';
import { TidyLinks } from '../usecases/tidy-links';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What rounds do by themselves. */
export function roundJobs(app: INestApplicationContext): JobDefinition[] {
  const due = app.get(DueRoundWork);
  return [
    {
      name: ROUND_MAIL_JOB,
      concurrency: 3,
      run: (id) => app.get(SendRoundMail).run(id),
      sweep: { everyMs: 5 * SECOND, due: () => due.mails() },
    },
    {
      name: 'lost-round-mail',
      run: (id) => app.get(SendRoundMail).recover(id),
      sweep: { everyMs: 10 * SECOND, due: () => due.lostMails() },
    },
    {
      name: 'remind',
      run: (id) => app.get(Remind).run(id),
      sweep: { everyMs: MINUTE, due: () => due.reminders() },
    },
    {
      name: 'tidy-links',
      run: () => app.get(TidyLinks).run(),
      sweep: { everyMs: 60 * MINUTE, due: () => Promise.resolve(['outlived']) },
    },
  ];
}
