import { publish, type OutgoingEvent } from '@followthrough/messaging';
import type { Transaction } from '@followthrough/database';
import type { Member } from './member.entity';
import type { Organisation } from './organisation.entity';

/** Facts about the directory belong to no State under review and are nobody's but the platform's. */
const own = { stateUnderReview: null, visibility: 'internal' } as const;

type About = 'portal.v1.OrganisationRegistered' | 'portal.v1.OrganisationChanged';

export function organisationEvent(type: About, organisation: Organisation): OutgoingEvent {
  const { id, name, states, demo, version } = organisation;
  return {
    ...own,
    type,
    aggregateId: id,
    version,
    data: { organisation: { organisationId: id, name, organisationClass: organisation.class, states, demo } },
  };
}

export function publishOrganisation(tx: Transaction, type: About, organisation: Organisation): Promise<void> {
  return publish(tx, organisationEvent(type, organisation));
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
export function memberEvent(
  type: 'portal.v1.MemberJoined' | 'portal.v1.MemberChanged',
  member: Member,
): OutgoingEvent {
  return {
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
  };
}

export function publishMember(
  tx: Transaction,
  type: 'portal.v1.MemberJoined' | 'portal.v1.MemberChanged',
  ...members: Member[]
): Promise<void> {
  return publish(tx, ...members.map((member) => memberEvent(type, member)));
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
