import { handler, type Handler } from '@followthrough/messaging';
import { keepOrganisations } from '../outbound/organisation-copies';

/** Under which names organisations speak. In one handler, so that what is told of one stays in order. */
export function organisations(): Handler {
  return handler({
    events: [
      'portal.v1.OrganisationRegistered',
      'portal.v1.OrganisationChanged',
      'portal.v1.OrganisationRemoved',
    ],
    snapshots: true,
    handle: keepOrganisations,
  });
}
