import { catalogue, type EventType } from '@followthrough/contracts';
import { consumer, handler, type Consumer, type Handler, type OutgoingEvent } from '@followthrough/messaging';
import { v7 as uuidv7 } from 'uuid';
import { RECORDED } from './effect';

const TEXT =
  'Continue its efforts to ensure that all persons deprived of their liberty have access to legal counsel from the ' +
  'outset of detention, and ratify the Optional Protocol to the Convention against Torture';
/** One text in twenty has characters beyond Latin-1, as in the collections of UPR Info. */
const TEXTS = [`${TEXT} (Côte d’Ivoire);`, ...Array.from({ length: 19 }, () => `${TEXT} (Chile);`)];

/** A consumer with the given handler, and with handlers that do nothing for all else that its service is to handle. */
export function consumerWith(service: string, ...handlers: Handler[]): Consumer {
  const given = new Set<EventType>(handlers.flatMap(({ events }) => events));
  const others = catalogue
    .filter(({ type, consumers }) => consumers.includes(service) && !given.has(type))
    .map(({ type }) => type);
  const nothing = handler({ events: others, snapshots: true, handle: async () => undefined });
  return consumer(service, [...handlers, nothing]);
}

let made = 0;

/** A recommendation as an import states it, each another. */
export function anEvent(): OutgoingEvent<typeof RECORDED> & { id: string } {
  const recommendationId = uuidv7();
  return {
    type: RECORDED,
    id: uuidv7(),
    aggregateId: recommendationId,
    version: 1,
    stateUnderReview: 'SVN',
    visibility: 'public',
    data: {
      recommendation: {
        recommendationId,
        kind: 'recommendation',
        mechanism: 'UPR',
        stateUnderReview: 'SVN',
        cycle: 3,
        session: 34,
        symbol: 'A/HRC/43/15',
        paragraph: '121.47',
        text: TEXTS[(made += 1) % TEXTS.length]!,
        language: 'en',
        recommendingStates: ['CIV'],
        position: 'supported',
        actionCategory: 4,
        themes: ['detention', 'torture'],
        groups: ['detained-persons'],
        sdgs: ['16', '16.3'],
        reviewDate: '2019-11-12',
        demo: false,
        sources: ['upr-info-csv'],
      },
      importId: '0190d2c4-0000-7000-8000-000000000001',
      announce: false,
    },
  };
}
