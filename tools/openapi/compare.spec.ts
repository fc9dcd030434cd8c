import { breakingChanges } from './compare.mjs';

type Schema = Record<string, unknown>;

const text = { type: 'string' };
const whole = { type: 'integer' };
const thing = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
const api = (path: string, operation: object, method = 'get') => ({
  paths: { [path]: { [method]: { responses: {}, ...operation } } },
});
const answering = (schema: Schema, status = '200') =>
  api('/a', { responses: { [status]: { content: { 'application/json': { schema } } } } });
const asking = (...parameters: object[]) => api('/a', { parameters });
const parameter = (schema: Schema, required = false, name = 'q') => ({ name, in: 'query', required, schema });
const taking = (schema: Schema, required = true) =>
  api('/a', { requestBody: { required, content: { 'application/json': { schema } } } }, 'post');
const closed = (schema: Schema) => ({ ...schema, additionalProperties: false });

describe('a change of an API is refused', () => {
  it.each<[string, object, object, string]>([
    ['a removed route', answering(text), { paths: {} }, 'GET /a is gone'],
    ['another method', answering(text), api('/a', {}, 'put'), 'GET /a is gone'],
    [
      'a removed field of an answer',
      answering(thing({ x: text, y: text })),
      answering(thing({ x: text })),
      'GET /a: answer.y is gone',
    ],
    [
      'a removed field deep in an answer, where it may be null',
      answering({ type: 'array', items: { anyOf: [thing({ x: thing({ y: text }) }), { type: 'null' }] } }),
      answering({ type: 'array', items: { anyOf: [thing({ x: thing({}) }), { type: 'null' }] } }),
      'GET /a: answer[].x.y is gone',
    ],
    [
      'a field that may be missing now',
      answering(thing({ x: text })),
      answering(thing({ x: text }, [])),
      'GET /a: answer.x may be missing',
    ],
    [
      'a field that may be null now',
      answering(thing({ x: text })),
      answering(thing({ x: { type: ['string', 'null'] } })),
      'GET /a: answer.x was string, may be null',
    ],
    [
      'a field of another type',
      answering(thing({ x: text })),
      answering(thing({ x: whole })),
      'GET /a: answer.x was string, may be integer',
    ],
    ['another status', answering(text), answering(text, '202'), 'GET /a: no longer answers 200'],
    [
      'a parameter that is required from now on',
      asking(),
      asking(parameter(text, true)),
      'GET /a: now requires the query parameter q',
    ],
    [
      'a parameter that was optional',
      asking(parameter(text)),
      asking(parameter(text, true)),
      'GET /a: now requires the query parameter q',
    ],
    [
      'a removed parameter',
      asking(parameter(text)),
      asking(),
      'GET /a: no longer takes the query parameter q',
    ],
    [
      'a value that is taken no more',
      asking(parameter({ ...text, enum: ['a', 'b'] })),
      asking(parameter({ ...text, enum: ['a'] })),
      'GET /a: parameter q may no longer be b',
    ],
    [
      'a lower limit',
      asking(parameter({ ...whole, maximum: 1000 })),
      asking(parameter({ ...whole, maximum: 100 })),
      'GET /a: parameter q has a narrower maximum',
    ],
    [
      'a field of a body that is required from now on',
      taking(thing({ x: text }, [])),
      taking(thing({ x: text })),
      'POST /a: body.x is now required',
    ],
    [
      'a field of a body that is refused from now on',
      taking(closed(thing({ x: text, y: text }, []))),
      taking(closed(thing({ x: text }, []))),
      'POST /a: body.y is no longer taken',
    ],
    [
      'null where it was taken',
      taking(thing({ x: { anyOf: [text, { type: 'null' }] } })),
      taking(thing({ x: text })),
      'POST /a: body.x was null, must be string',
    ],
  ])('%s', (_what, before, after, complaint) => {
    expect(breakingChanges(before, after)).toEqual([complaint]);
  });
});

describe('a change of an API is let through', () => {
  it.each<[string, object, object]>([
    ['none', answering(thing({ x: text })), answering(thing({ x: text }))],
    ['a new route', { paths: {} }, answering(text)],
    ['a new field of an answer', answering(thing({ x: text })), answering(thing({ x: text, y: text }))],
    [
      'one more value in an answer',
      answering({ ...text, enum: ['a'] }),
      answering({ ...text, enum: ['a', 'b'] }),
    ],
    ['an answer that is never null now', answering({ type: ['string', 'null'] }), answering(text)],
    ['an answer that had not been described', answering({}), answering(thing({ x: text }))],
    ['a new parameter that may be left out', asking(), asking(parameter(text))],
    ['a parameter that may be left out now', asking(parameter(text, true)), asking(parameter(text))],
    [
      'more values',
      asking(parameter({ ...text, enum: ['a'] })),
      asking(parameter({ ...text, enum: ['a', 'b'] })),
    ],
    [
      'a wider limit',
      asking(parameter({ ...text, maxLength: 5 })),
      asking(parameter({ ...text, maxLength: 9 })),
    ],
    [
      'a new field of a body',
      taking(closed(thing({ x: text }))),
      taking(closed(thing({ x: text, y: text }, ['x']))),
    ],
    ['null beside text', taking(thing({ x: text })), taking(thing({ x: { type: ['string', 'null'] } }))],
  ])('%s', (_what, before, after) => {
    expect(breakingChanges(before, after)).toEqual([]);
  });
});
