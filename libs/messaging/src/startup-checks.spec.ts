import { consumer } from './consumer';
import { handler, type Handler } from './handler';
import { checkConsumers } from './startup-checks';
import { catalogue, type EventType } from '@followthrough/contracts';

const of = (...events: EventType[]): Handler =>
  handler({ events, snapshots: true, handle: async () => undefined });
const known = (service: string) =>
  catalogue.filter(({ consumers }) => consumers.includes(service)).map(({ type }) => type);

describe('checkConsumers', () => {
  it('accepts a service that handles what the catalogue says', () => {
    expect(() => checkConsumers('funding', [consumer('funding', [of(...known('funding'))])])).not.toThrow();
  });

  it.each([
    [
      'an unknown event',
      [consumer('funding', [of('recommendations.v1.Nothing' as EventType)])],
      /recommendations.v1.Nothing, which no proto file defines/,
    ],
    [
      'two handlers',
      [consumer('funding', [of(...known('funding')), of(known('funding')[0]!)])],
      /two handlers for recommendations/,
    ],
    [
      'a missing handler',
      [consumer('funding', [of(...known('funding').slice(1))])],
      /no handler for recommendations.v1.RecommendationRecorded: add one/,
    ],
    [
      'an event meant for others',
      [consumer('funding', [of('recommendations.v1.ImportApplied')])],
      /add funding to its consumers in proto/,
    ],
    ["another service's name", [consumer('portal', [])], /call it funding or funding.<purpose>/],
    [
      'two groups of one name',
      [consumer('funding', []), consumer('funding', [])],
      /Two consumers are called funding/,
    ],
  ])('refuses %s with the fix', (_, consumers, sentence) => {
    expect(() => checkConsumers('funding', consumers)).toThrow(sentence);
  });
});
