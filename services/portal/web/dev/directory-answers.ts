import { problem, type Answer, type Ask } from './answers';

const organisations = [
  { id: 'o-1', name: 'National mechanism for follow-up', class: 'government', states: ['XTM'] },
  { id: 'o-2', name: 'Ministry of Health', class: 'government', states: ['XTM'] },
  { id: 'o-3', name: 'Human Rights Commission of Tamaria', class: 'nhri', states: ['XTM'] },
  { id: 'o-4', name: 'Upland Women’s League', class: 'cso', states: ['XTM'] },
];
const members = [
  { id: 'm-1', name: 'Ilse Marrow', organisationId: 'o-1', roles: ['administrator'], states: ['*'] },
  { id: 'm-2', name: 'Amara Quill', organisationId: 'o-1', roles: ['coordinator'], states: ['XTM'] },
  { id: 'm-3', name: 'Teodor Lund', organisationId: 'o-2', roles: ['focal-point'], states: ['XTM'] },
];
const invitations = [
  {
    id: 'i-1',
    email: 'r.osei@health.tamaria.invalid',
    name: 'Ruth Osei',
    organisationId: 'o-2',
    roles: ['focal-point'],
    states: ['XTM'],
    state: 'sent',
    expiresAt: '2026-12-08T09:00:00Z',
  },
];
const serviceAccounts = [
  {
    id: 's-1',
    name: 'Nightly import',
    roles: ['coordinator'],
    states: ['XTM'],
    createdAt: '2026-10-02T08:00:00Z',
    lastUsedAt: '2026-11-23T02:00:04Z',
  },
];

/** Organisations, members, invitations and service accounts; writes are remembered until the server stops. */
export function directoryAnswer({ path, method, body, situation }: Ask): Answer {
  const [first] = path.split('/');
  const none = situation.mode === 'empty';
  if (situation.as === 'nobody') return problem(401, 'not-signed-in', 'Nobody is signed in.');
  switch (first) {
    case 'organisations':
      if (method === 'GET') return { json: { organisations: none ? [] : organisations } };
      organisations.push({ ...(body as (typeof organisations)[0]), id: `o-${organisations.length + 1}` });
      return { status: 201, json: organisations.at(-1) };
    case 'members':
      return { json: { members: none ? [] : members } };
    case 'invitations':
      if (method === 'GET') return { json: { invitations: none ? [] : invitations } };
      if (method === 'POST') {
        const wanted = (body.invitations ?? []) as (typeof invitations)[0][];
        for (const one of wanted) {
          invitations.push({
            ...one,
            id: `i-${invitations.length + 1}`,
            state: 'sent',
            expiresAt: '2026-12-08T09:00:00Z',
          });
        }
      }
      return { status: 201, json: { invitations } };
    case 'service-accounts':
      if (method === 'GET') return { json: { serviceAccounts: none ? [] : serviceAccounts } };
      return {
        status: 201,
        json: { ...serviceAccounts[0], ...body, id: 's-2', secret: 'ft_example_secret_shown_once' },
      };
    default:
      return problem(404, 'not-found', 'There is nothing at this address.');
  }
}
