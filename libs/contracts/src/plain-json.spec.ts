import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  ScalarType,
  toJsonString,
} from '@bufbuild/protobuf';
import { catalogue } from './catalogue';
import { readPlain, UNUSUAL, writePlain } from './plain-json';

const events = catalogue.map(({ type, schema }) => [type, schema] as const);

/** Chosen by a number, so that a run can be repeated: absent, zero or one of some values that are easy to get wrong. */
function chooser(seed: number) {
  let state = seed;
  return <T>(...choices: T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return choices[(state >>> 8) % choices.length]!;
  };
}

function anyData(message: DescMessage, choose: ReturnType<typeof chooser>): Record<string, unknown> {
  const scalar = (type: ScalarType): unknown => {
    if (type === ScalarType.STRING)
      return choose('', 'x', '0', 'null', 'Côte « d’Ivoire » 人权 🙂', 'a\u0000"\\\n\u2028');
    if (type === ScalarType.BOOL) return choose(true, false);
    return choose(0, 1, -1, 2147483647, -2147483648);
  };
  const data: Record<string, unknown> = {};
  for (const field of message.fields) {
    const value = (): unknown =>
      field.message ? anyData(field.message, choose) : scalar((field as { scalar: ScalarType }).scalar);
    if (choose(true, true, true, false)) {
      data[field.localName] =
        field.fieldKind === 'list' ? Array.from({ length: choose(0, 1, 3) }, value) : value();
    }
  }
  return data;
}

const plainly = (message: unknown): unknown =>
  JSON.parse(JSON.stringify(message, (name, value: unknown) => (name === '$typeName' ? undefined : value)));

describe.each(events)('plain JSON of %s', (_type, schema) => {
  const reference = (json: JsonValue) => fromJson(schema, json, { ignoreUnknownFields: true });

  it('is what protobuf writes, and is read as protobuf reads it', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const data = anyData(schema, chooser(seed));
      const written = writePlain(schema, data);
      const text = toJsonString(schema, create(schema, data));
      expect(JSON.stringify(written)).toBe(text);
      const json = JSON.parse(text) as JsonValue;
      expect(readPlain(schema, json)).toEqual(plainly(reference(json)));
    }
  });

  it('ignores what a newer publisher adds', () => {
    expect(readPlain(schema, { fromTheFuture: [1] })).toEqual(plainly(reference({})));
  });
});

describe('plain JSON', () => {
  const schema = (type: string) => catalogue.find((event) => event.type === type)!.schema;
  const withdrawn = schema('recommendations.v1.RecommendationWithdrawn');
  const applied = schema('recommendations.v1.ImportApplied');

  it.each<[string, DescMessage, unknown]>([
    ['null', withdrawn, { reason: null }],
    ['the name of the proto file', withdrawn, { recommendation_id: 'r' }],
    ['a number for a text', withdrawn, { reason: 7 }],
    ['a text for a number', applied, { recorded: '7' }],
    ['a fraction', applied, { recorded: 1.5 }],
    ['a number beyond 32 bits', applied, { recorded: 2147483648 }],
    ['a text for a truth value', applied, { announce: 'true' }],
    ['half a character', withdrawn, { reason: '\ud800' }],
    ['a list for a message', withdrawn, []],
    ['nothing', withdrawn, null],
    ['a value for a list', applied, { statesUnderReview: 'SVN' }],
  ])('leaves %s to protobuf', (_what, message, json) => {
    expect(readPlain(message, json)).toBe(UNUSUAL);
  });
});
