import { Database } from '@followthrough/database';
import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller as CallerOf } from '../access/caller';
import { Caller, Requires } from '../access/decorators';
import { zodQuery } from '../http/validation';

const query = z.object({
  subject: z.string().optional(),
  subjectId: z.string().optional(),
  page: z.coerce.number().int().min(1).default(1),
});
const PAGE = 50;

/** Who wrote what, newest first; an auditor sees the States they audit. */
@Controller('audit')
export class AuditController {
  constructor(private readonly database: Database) {}

  @Get()
  @Requires('audit.read')
  async list(@Query(zodQuery(query)) asked: z.infer<typeof query>, @Caller() caller: CallerOf) {
    const states = caller.statesFor('audit.read');
    const records = await this.database.query(
      `select id, at, caller_id as "callerId", caller_kind as "callerKind", action, subject,
              subject_id as "subjectId", state_under_review as "stateUnderReview", details
       from audit_record
       where ($1::text is null or subject = $1) and ($2::text is null or subject_id = $2)
         and ($3::text[] is null or state_under_review = any($3))
       order by at desc, id desc limit ${PAGE} offset $4`,
      [
        asked.subject ?? null,
        asked.subjectId ?? null,
        states === '*' ? null : states,
        (asked.page - 1) * PAGE,
      ],
    );
    return { records };
  }
}
