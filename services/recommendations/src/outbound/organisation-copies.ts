import type { Transaction } from '@followthrough/database';
import type { ReceivedEvent } from '@followthrough/messaging';

export type OrganisationStated = ReceivedEvent<
  'portal.v1.OrganisationRegistered' | 'portal.v1.OrganisationChanged'
>;
export type OrganisationGone = ReceivedEvent<'portal.v1.OrganisationRemoved'>;

const KEEP = `
  insert into organisation_copy as held (id, generation, version, name, organisation_class, removed)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (id) do update
  set generation = excluded.generation, version = excluded.version, removed = excluded.removed,
      name = case when excluded.removed then held.name else excluded.name end,
      organisation_class = case when excluded.removed then held.organisation_class else excluded.organisation_class end
  where (held.generation, held.version) <= (excluded.generation, excluded.version)`;

/** Keeps under which names organisations speak; one that is gone leaves its name to what it said. */
export async function keepOrganisations(
  tx: Transaction,
  batch: readonly (OrganisationStated | OrganisationGone)[],
): Promise<void> {
  for (const event of batch) {
    const stated = event.type === 'portal.v1.OrganisationRemoved' ? null : event.data.organisation;
    await tx.query(KEEP, [
      event.aggregateId,
      event.generation,
      event.version,
      stated?.name ?? '',
      stated?.organisationClass ?? '',
      stated === null,
    ]);
  }
}

/** The name of an organisation, '' where the directory has not told it. */
export async function organisationName(tx: Transaction, id: string): Promise<string> {
  const [row] = await tx.query<{ name: string }[]>('select name from organisation_copy where id = $1', [id]);
  return row?.name ?? '';
}
