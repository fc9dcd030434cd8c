import { publish, type OutgoingEvent } from '@followthrough/messaging';
import type { Transaction } from '@followthrough/database';
import type { Member } from './member.entity';
import type { Organisation } from './organisation.entity';

/** Facts about the directory belong to no State under review and are nobody's but the platform's. */
const own = { stateUnderReview: null, visibility: 'internal' } as const;

type About = 'portal.v1.OrganisationRegistered' | 'portal.v1.OrganisationChanged';

export function publishOrganisation(tx: Transaction, type: About, organisation: Organisation): Promise<void> {
  const { id, name, states, demo, version } = organisation;
  return publish(tx, {
    ...own,
    type,
    aggregateId: id,
    version,
    data: { organisation: { organisationId: id, name, organisationClass: organisation.class, states, demo } },
  });
}

export function publishOrganisationRemoved(tx: Transaction, organisation: Organisation): Promise<void> {
  return publish(tx, {
    ...own,
    type: 'portal.v1.OrganisationRemoved',
    aggregateId: organisation.id,
    version: organisation.version + 1,
    data: { organisationId: organisation.id },
  });
}

/** Says for whom a member acts; neither name nor address goes with it. */
export function publishMember(
  tx: Transaction,
  type: 'portal.v1.MemberJoined' | 'portal.v1.MemberChanged',
  ...members: Member[]
): Promise<void> {
  const events = members.map((member): OutgoingEvent => ({
    ...own,
    type,
    aggregateId: member.id,
    version: member.version,
    data: {
      member: {
        memberId: member.id,
        organisationId: member.organisationId,
        roles: member.roles,
        states: member.states,
        locale: member.locale,
        timeZone: member.timeZone,
        demo: member.demo,
      },
    },
  }));
  return publish(tx, ...events);
}

export function publishMemberErased(tx: Transaction, member: Pick<Member, 'id' | 'version'>): Promise<void> {
  return publish(tx, {
    ...own,
    type: 'portal.v1.MemberErased',
    aggregateId: member.id,
    version: member.version + 1,
    data: { memberId: member.id },
  });
}
