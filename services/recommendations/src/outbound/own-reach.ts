import type { CallerIdentity, Permission } from '@followthrough/service-kit';

/** Organisations in whose name the caller may do something, each with a State where that holds. */
export function ownReach(caller: CallerIdentity | null, permission: Permission): string[] {
  const memberships = caller?.membershipsFor(permission) ?? [];
  return memberships.flatMap(({ organisationId, states }) =>
    states.map((state) => `${organisationId} ${state}`),
  );
}

/** Whether a row of `table` is of an organisation in {@link ownReach}, which is the parameter. */
export const isOwn = (table: string, parameter: string): string =>
  `(${table}.organisation_id || ' ' || ${table}.state_under_review = any(${parameter}) or ${table}.organisation_id || ' *' = any(${parameter}))`;
