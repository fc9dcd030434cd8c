import { type EventData } from './catalogue';
import { fromWire, toWire, WireError } from './wire';

const recorded: EventData<'recommendations.v1.RecommendationRecorded'> = {
  recommendation: {
    recommendationId: '0197b6a0-0000-7000-8000-000000000001',
    kind: 'recommendation',
    mechanism: 'UPR',
    stateUnderReview: 'XTM',
    cycle: 2,
    session: 20,
    symbol: 'A/HRC/28/15',
    paragraph: '140.10',
    text: 'Ratify « the Protocol »',
    language: 'en',
    recommendingStates: ['PRT', 'SVK'],
    position: 'supported',
    actionCategory: 5,
    themes: [],
    groups: [],
    sdgs: ['16.2'],
    reviewDate: '',
    demo: true,
    sources: ['ohchr-matrix'],
  },
  importId: '',
  announce: false,
};

describe('events on the wire', () => {
  it('are canonical proto3 JSON: camelCase, defaults left out', () => {
    const json = JSON.parse(toWire('recommendations.v1.RecommendationRecorded', recorded)) as Record<
      string,
      any
    >;
    expect(Object.keys(json)).toEqual(['recommendation']);
    expect(json.recommendation.recommendingStates).toEqual(['PRT', 'SVK']);
    expect(json.recommendation).not.toHaveProperty('reviewDate');
  });

  it('come back as plain objects with every field', () => {
    const json = toWire('recommendations.v1.RecommendationRecorded', recorded);
    expect(fromWire('recommendations.v1.RecommendationRecorded', json)).toStrictEqual(recorded);
  });

  it('may hold what a newer publisher added', () => {
    const read = fromWire(
      'recommendations.v1.RecommendationWithdrawn',
      '{"recommendationId":"r1","mood":{"x":1}}',
    );
    expect(read).toStrictEqual({ recommendationId: 'r1', reason: '', importId: '', announce: false });
  });

  it.each([
    ['no JSON', 'recommendations.v1.ImportApplied', '{"importId"', /ImportApplied cannot be read/],
    ['a wrong type', 'recommendations.v1.ImportApplied', '{"recorded":"many"}', /recorded/],
    ['an array', 'recommendations.v1.ImportApplied', '[]', /ImportApplied cannot be read/],
    ['an unknown event', 'recommendations.v1.NeverHappened', '{}', /No event of type/],
  ])('refuse %s with a WireError', (_what, type, json, reason) => {
    const read = () => fromWire(type as 'recommendations.v1.ImportApplied', json);
    expect(read).toThrow(WireError);
    expect(read).toThrow(reason);
  });

  it('refuse data that does not fit when they are written', () => {
    const counts = { recorded: 'many' } as unknown as EventData<'recommendations.v1.ImportApplied'>;
    expect(() => toWire('recommendations.v1.ImportApplied', counts)).toThrow(WireError);
  });
});
