import type { Transaction } from '@followthrough/database';
import type { OutgoingEvent, SnapshotSource } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityTarget } from 'typeorm';
import { memberEvent, organisationEvent } from '../outbound/directory/directory-events';
import { Member } from '../outbound/directory/member.entity';
import { Organisation } from '../outbound/directory/organisation.entity';

/** Tells every organisation, then every member, as they are now; a place is `organisation:<id>` or `member:<id>`. */
@Injectable()
export class TellDirectory implements SnapshotSource {
  readonly topic = 'portal.v1';

  async count(tx: Transaction): Promise<number> {
    return (await tx.count(Organisation)) + (await tx.count(Member));
  }

  async page(
    tx: Transaction,
    after: string | null,
    limit: number,
  ): Promise<{ events: OutgoingEvent[]; next: string | null }> {
    const [kind, id] = (after ?? 'organisation:').split(':') as [string, string];
    if (kind === 'organisation') {
      const organisations = await pageOf(tx, Organisation, id, limit);
      return {
        events: organisations.map((one) => organisationEvent('portal.v1.OrganisationRegistered', one)),
        next: organisations.length < limit ? 'member:' : `organisation:${organisations.at(-1)!.id}`,
      };
    }
    const members = await pageOf(tx, Member, id, limit);
    return {
      events: members.map((one) => memberEvent('portal.v1.MemberJoined', one)),
      next: members.length < limit ? null : `member:${members.at(-1)!.id}`,
    };
  }
}

function pageOf<Row extends { id: string }>(
  tx: Transaction,
  entity: EntityTarget<Row>,
  after: string,
  limit: number,
): Promise<Row[]> {
  return tx.find(entity, {
    ...(after && { where: { id: MoreThan(after) } as object }),
    order: { id: 'ASC' } as object,
    take: limit,
  });
}
