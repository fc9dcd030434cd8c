import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { Mailbox } from '../outbound/mailbox';
import { RecommendationCopies } from '../outbound/recommendation-copies';
import { VoiceCopies } from '../outbound/voice-copies';
import { ForgetRecipient } from './forget-recipient';

/** The demonstration data goes: its members, its recommendations, its mail. */
@Injectable()
export class RemoveDemo {
  constructor(
    private readonly forgetRecipient: ForgetRecipient,
    private readonly copies: RecommendationCopies,
    private readonly voices: VoiceCopies,
    private readonly mailbox: Mailbox,
  ) {}

  async run(tx: Transaction): Promise<void> {
    const recipients = await tx.query<{ id: string }[]>('select id from recipient where demo');
    for (const { id } of recipients) {
      await tx.query('insert into erased_member (id) values ($1) on conflict do nothing', [id]);
      await this.forgetRecipient.run(tx, id);
    }
    // What others have been told of the invented State goes with it.
    await tx.query(
      `delete from notice where recommendation_id in (select id from recommendation_copy where demo)
         or import_id in (select import_id from import_progress where demo)`,
    );
    await this.voices.removeDemo(tx);
    await this.copies.removeDemo(tx);
    await tx.query('delete from import_progress where demo');
    await this.mailbox.removeDemo(tx);
  }
}
