import { problem, type Answer, type Ask } from './answers';

const parked = [
  {
    id: '0199c0de-0000-7000-8000-00000000aa01',
    subscription: 'funding',
    topic: 'recommendations.v1',
    partition: 3,
    offset: 118,
    key: '0199c000-0000-7000-8000-000000000012',
    type: 'recommendations.v1.RecommendationRevised',
    error: 'QueryFailedError: value too long for type character varying(40)',
    attempts: 12,
    parkedAt: '2026-11-23T22:04:00Z',
  },
  {
    id: '0199c0de-0000-7000-8000-00000000aa02',
    subscription: 'funding',
    topic: 'recommendations.v1',
    partition: 5,
    offset: 40,
    key: '0199c000-0000-7000-8000-000000000019',
    type: null,
    error: 'The header ce_id is no UUID: seven',
    attempts: 0,
    parkedAt: '2026-11-22T08:30:00Z',
  },
];
const reads: Record<string, string[]> = {
  recommendations: ['recommendations'],
  consultations: ['consultations'],
  funding: ['funding'],
  notifications: ['notifications'],
  portal: ['portal', 'portal.feed'],
};

function standing(service: string, none: boolean) {
  const copies = service === 'recommendations' ? [] : ['recommendations.v1'];
  return {
    outbox: none ? { events: 0, oldestSeconds: 0 } : { events: 12, oldestSeconds: 3.2 },
    subscriptions: (reads[service] ?? []).map((subscription) => ({
      subscription,
      topics: copies,
      replayable: copies,
      copies,
      lag: none ? 0 : 1234,
      partitions: [],
      deferred: none ? 0 : 2,
      parked: none || service !== 'funding' ? 0 : parked.length,
    })),
    snapshots: {
      told: [],
      taken:
        none || service !== 'consultations'
          ? []
          : [
              {
                subscription: 'consultations',
                topic: 'recommendations.v1',
                id: '0199c0de-0000-7000-8000-00000000bb01',
                total: 57_000,
                taken: 31_500,
                doneAt: null,
              },
            ],
    },
    jobs: [
      { queue: 'deliver', states: { waiting: none ? 0 : 3, active: 0, delayed: 0, failed: none ? 0 : 1 } },
    ],
  };
}

/** What an administrator sees of events; decisions about parked ones are remembered until the server stops. */
export function operationsAnswer(service: string, { method, path, body, situation }: Ask): Answer {
  const what = path.slice('operations/'.length);
  const none = situation.mode === 'empty';
  if (situation.as !== 'administrator') return problem(403, 'not-allowed', 'You may not do this.');
  if (situation.mode === 'failing') return problem(500, 'unforeseen', 'Something went wrong on our side.');
  switch (`${method} ${what}`) {
    case 'GET events':
      return { json: standing(service, none) };
    case 'GET parked':
      return { json: { parked, next: null } };
    case 'POST parked/retry':
    case 'POST parked/skip': {
      const ids = body.ids as string[];
      for (const id of ids) parked.splice(parked.findIndex((one) => one.id === id) >>> 0, 1);
      return { json: { events: ids.length, notParked: [], more: false } };
    }
    case 'POST replay':
      return { json: { handled: 1300, refused: 0, failed: [], rest: [] } };
    case 'POST snapshots':
      return { status: 202, json: { id: '0199c0de-0000-7000-8000-00000000bb01' } };
    case 'GET deliveries':
      return {
        json: {
          days: 7,
          accepted: none ? 0 : 412,
          failed: none ? 0 : 3,
          dead: 0,
          void: 0,
          waiting: none ? 0 : 5,
          late: none ? 0 : 1,
          answers: none ? [] : [{ outcome: 'permanent', code: '550', attempts: 3 }],
        },
      };
    default:
      return problem(404, 'not-found', 'There is nothing at this address.');
  }
}
