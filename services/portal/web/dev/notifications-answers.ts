import { problem, slice, type Answer, type Ask } from './answers';
import { heldBy } from './portal-answers';
import type { Notice, Subscription } from '../src/api/notifications';

const me = {
  locale: 'en',
  timeZone: 'Europe/Paris',
  address: { value: 'a.quill@tamaria.invalid', state: 'verified' },
  pendingAddress: null as string | null,
  cadence: 'daily',
};

const subscriptions: Subscription[] = [
  {
    id: 'sub-1',
    filter: { stateUnderReview: ['XTM'], theme: ['health', 'water'] },
    cadence: 'daily',
    channels: ['inbox', 'email'],
    state: 'active',
  },
  {
    id: 'sub-2',
    filter: { recommendingState: ['MOZ'], position: ['noted'] },
    cadence: 'weekly',
    channels: ['email'],
    state: 'paused',
  },
];

const kinds = ['recorded', 'revised', 'recorded', 'withdrawn', 'recorded'] as const;
let read = 2;
function notices(ask: Ask): Notice[] {
  return heldBy(ask)
    .slice(0, 7)
    .map((of, index) => ({
      id: `n-${index}`,
      kind: kinds[index % kinds.length] ?? 'recorded',
      recommendationId: of.id,
      paragraph: of.paragraph,
      stateUnderReview: of.stateUnderReview,
      position: of.position,
      text: of.text,
      language: of.language,
      occurredAt: `2026-11-2${4 - Math.floor(index / 2)}T0${9 - index}:24:00Z`,
      readAt: index >= 7 - read ? '2026-11-24T10:00:00Z' : null,
    }));
}

const mails = [
  {
    id: 'mail-1',
    to: ['a.quill@tamaria.invalid'],
    from: 'Followthrough <followthrough@localhost>',
    subject: '12 recommendations to Tamaria have changed',
    receivedAt: '2026-11-24T09:20:00Z',
    text: 'Twelve recommendations you follow have changed.\n\n118.7  Supported\nRegister every birth free of charge through mobile teams and hospitals.\n\nSee them all: https://tamaria.invalid/recommendations?theme=health\n\nYou get this message because you follow: Tamaria, health.',
    headers: [
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
      { name: 'Auto-Submitted', value: 'auto-generated' },
    ],
  },
];

export function notificationsAnswer(ask: Ask): Answer {
  const { path, method, body, situation } = ask;
  const [first, second] = path.split('/');
  if (first === 'follow') return { status: 202, json: {} };
  if (situation.mode === 'failing') return problem(503, 'database-away', 'The database does not answer.');
  const none = situation.mode === 'empty';
  if (first === 'mailbox') {
    if (second) return { json: mails[0] };
    return { json: { total: none ? 0 : mails.length, messages: none ? [] : mails } };
  }
  if (situation.as === 'nobody') return problem(401, 'not-signed-in', 'Nobody is signed in.');
  switch (first) {
    case 'me':
      if (method === 'PUT') {
        const { address, ...rest } = body;
        Object.assign(me, rest, address ? { pendingAddress: address } : {});
      }
      return { json: me };
    case 'subscriptions':
      return subscriptionAnswer(ask, second);
    case 'inbox': {
      if (second) read = second === 'read-all' ? 7 : Math.min(7, read + 1);
      const all = none ? [] : notices(ask);
      return {
        json: {
          total: all.length,
          unread: all.filter((one) => !one.readAt).length,
          notices: slice(all, ask.query),
        },
      };
    }
    default:
      return problem(404, 'not-found', 'There is nothing at this address.');
  }
}

function subscriptionAnswer(ask: Ask, id: string | undefined): Answer {
  const { method, body, situation } = ask;
  if (id === 'preview') {
    const all = heldBy(ask);
    return {
      json: {
        matching: all.length ? 53 : 0,
        perWeek: 2,
        examples: all.slice(2, 5).map(({ id, ...one }) => ({ ...one, recommendationId: id })),
      },
    };
  }
  const at = subscriptions.findIndex((one) => one.id === id);
  const one = subscriptions[at];
  if (one && method === 'DELETE') subscriptions.splice(at, 1);
  if (one && method === 'PATCH') Object.assign(one, body);
  if (!one && method === 'POST') {
    subscriptions.push({
      ...(body as unknown as Subscription),
      id: `sub-${subscriptions.length + 1}`,
      state: 'active',
    });
  }
  if (method !== 'GET') return { json: one ?? subscriptions.at(-1) };
  return { json: { subscriptions: situation.mode === 'empty' ? [] : subscriptions } };
}
