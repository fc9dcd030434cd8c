import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue } from './catalogue';
import { eventHeader } from './headers';

const document = JSON.parse(readFileSync(resolve(__dirname, '../../../docs/asyncapi.json'), 'utf8')) as {
  components: { messages: Record<string, unknown>; schemas: { eventHeaders: { properties: object } } };
};

describe('the AsyncAPI document', () => {
  it('describes every header', () => {
    const described = Object.keys(document.components.schemas.eventHeaders.properties);
    expect(described.sort()).toEqual(Object.values(eventHeader).sort());
  });

  it('describes every event', () => {
    expect(Object.keys(document.components.messages)).toEqual(catalogue.map(({ type }) => type));
  });
});
