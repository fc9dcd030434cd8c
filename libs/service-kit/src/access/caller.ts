import { grants, permissions, type OrganisationClass, type Permission, type Role } from './roles';

export interface Membership {
  organisationId: string;
  organisationClass: OrganisationClass;
  roles: Role[];
  /** Alpha-3 codes of the States under review in which the roles hold; `*` is all of them. */
  states: string[];
}

/** Who a request comes from and for whom they act, as the verified access token says. */
export class Caller {
  constructor(
    readonly id: string,
    readonly kind: 'member' | 'service',
    readonly memberships: readonly Membership[],
  ) {}

  /** @param stateUnderReview the State that the thing asked about belongs to; left out: anywhere at all */
  can(permission: Permission, stateUnderReview?: string | null): boolean {
    const states = this.statesFor(permission);
    if (states === '*') return true;
    if (stateUnderReview === undefined) return states.length > 0;
    return stateUnderReview !== null && states.includes(stateUnderReview);
  }

  /** The States in which the permission holds, or `*`. */
  statesFor(permission: Permission): '*' | string[] {
    const states = new Set<string>();
    for (const membership of this.memberships) {
      if (!gives(membership, permission)) continue;
      for (const state of membership.states) states.add(state);
    }
    return states.has('*') ? '*' : [...states];
  }

  /** Memberships in whose name the caller may do this in the State; left out: in any State at all. */
  membershipsFor(permission: Permission, stateUnderReview?: string): Membership[] {
    return this.memberships.filter(
      (membership) =>
        gives(membership, permission) &&
        (stateUnderReview === undefined ||
          membership.states.includes('*') ||
          membership.states.includes(stateUnderReview)),
    );
  }

  /** Every permission that holds somewhere, for a page that hides what cannot be done. */
  allPermissions(): Permission[] {
    return permissions.filter((permission) => this.can(permission));
  }
}

const gives = ({ roles, organisationClass }: Membership, permission: Permission): boolean =>
  roles.some((role) => grants(role, permission, organisationClass));
