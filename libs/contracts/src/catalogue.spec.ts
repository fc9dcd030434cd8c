import { catalogue, findEvent, isEventType, topics } from './catalogue';

const services = ['consultations', 'funding', 'notifications', 'portal', 'recommendations'];

describe('catalogue', () => {
  it.each(catalogue.map((definition) => [definition.type, definition] as const))(
    '%s is complete',
    (type, event) => {
      expect(type).toBe(event.schema.typeName);
      expect(event.topic).toBe(type.slice(0, type.lastIndexOf('.')));
      expect(event.topic).toBe(`${event.publisher}.v1`);
      expect(services).toContain(event.publisher);
      for (const consumer of event.consumers) expect(services).toContain(consumer);
      expect(event.aggregate).toMatch(/^[a-z]+$/);
      expect(event.meaning).toMatch(/^[A-Z].+\.$/);
      expect(event.partitions).toBeGreaterThan(0);
    },
  );

  it('names past facts', () => {
    for (const { type } of catalogue) expect(type).toMatch(/(ed|drawn|one)$/);
  });

  it('finds events by type only', () => {
    expect(findEvent('recommendations.v1.ImportApplied')?.aggregate).toBe('import');
    expect(findEvent('toString')).toBeUndefined();
    expect(isEventType('recommendations.v1.Recommendation')).toBe(false);
  });

  it('knows one topic a publishing service', () => {
    expect(topics.map(({ name }) => name)).toEqual([
      'consultations.v1',
      'notifications.v1',
      'portal.v1',
      'recommendations.v1',
    ]);
  });
});
