// docs/asyncapi.json: AsyncAPI 3 of every topic, its events and their headers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './buf.mjs';

/** @param {ReturnType<import('./model.mjs').readModel>} model */
export function renderAsyncApi({ topics, messages }) {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const events = topics.flatMap((topic) => topic.events);
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Followthrough events',
      version,
      description:
        'Facts that the services of Followthrough publish. Values are canonical proto3 JSON: a field with its default value is left out, and consumers ignore fields that they do not know.',
      license: { name: license },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channel(topic)])),
    operations: Object.assign({}, ...topics.map(operations)),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, message(event)])),
      schemas: {
        ...Object.fromEntries([...used(events, messages)].map((one) => [one.fullName, objectSchema(one)])),
        eventHeaders: headers,
      },
      messageTraits: { cloudEvent: { headers: { $ref: '#/components/schemas/eventHeaders' } } },
    },
  };
  return JSON.stringify(document);
}

function channel({ name, publisher, partitions, events }) {
  return {
    address: name,
    description: `What ${publisher} publishes. The key of a record is the id of its aggregate.`,
    messages: Object.fromEntries(
      events.map(({ name: event, type }) => [event, { $ref: `#/components/messages/${type}` }]),
    ),
    bindings: { kafka: { topic: name, partitions, bindingVersion: '0.5.0' } },
  };
}

/** One operation to send a topic's events, and one a consuming service to receive those it handles. */
function operations({ name, publisher, events }) {
  const operation = (action, service, some) => ({
    action,
    channel: { $ref: `#/channels/${name}` },
    summary: `${service} ${action === 'send' ? 'publishes' : 'handles'} events of ${name}`,
    messages: some.map(({ name: event }) => ({ $ref: `#/channels/${name}/messages/${event}` })),
  });
  const consumers = [...new Set(events.flatMap((event) => event.consumers))].sort();
  const receiving = consumers.map((service) => [
    `${service}.receive.${name}`,
    operation(
      'receive',
      service,
      events.filter((event) => event.consumers.includes(service)),
    ),
  ]);
  return Object.fromEntries([
    [`${publisher}.send.${name}`, operation('send', publisher, events)],
    ...receiving,
  ]);
}

function message(event) {
  return {
    name: event.type,
    title: event.name,
    summary: event.comment,
    contentType: 'application/json',
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    payload: { $ref: `#/components/schemas/${event.type}` },
  };
}

/** The messages of events and all that they contain. */
function used(events, messages) {
  const found = new Set();
  const add = (one) => {
    if (found.has(one)) return;
    found.add(one);
    for (const field of one.fields) if (field.message) add(messages.get(field.message));
  };
  for (const event of events) add(messages.get(event.type));
  return found;
}

function objectSchema({ comment, fields }) {
  return {
    type: 'object',
    description: comment,
    properties: Object.fromEntries(fields.map((field) => [field.json, fieldSchema(field)])),
  };
}

function fieldSchema(field) {
  const one = field.message ? { $ref: `#/components/schemas/${field.message}` } : field.schema;
  if (field.repeated) return { type: 'array', items: one, description: field.comment };
  return field.message
    ? { allOf: [one], description: field.comment }
    : { ...one, description: field.comment };
}

const text = (description, more = {}) => ({ type: 'string', description, ...more });

const headers = {
  type: 'object',
  description: 'CloudEvents 1.0 in binary content mode, W3C trace context, and extensions.',
  required: [
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_specversion',
    'ce_time',
    'ce_subject',
    'ce_aggregateversion',
  ],
  properties: {
    ce_id: text('Unique id of the event: consumers tell doubles by it.', { format: 'uuid' }),
    ce_type: text('Event type: the full name of its message.'),
    ce_source: text('Publishing service as a path, such as "/recommendations".'),
    ce_specversion: text('CloudEvents version.', { const: '1.0' }),
    ce_time: text('When the fact came to be.', { format: 'date-time' }),
    ce_subject: text('Id of the aggregate, the same as the key of the record.'),
    ce_aggregateversion: text('Version of the aggregate after the event, from 1.', { pattern: '^[0-9]+$' }),
    ce_generation: text(
      "Generation of the publisher's data, raised by a restore. Order is (generation, version).",
      {
        pattern: '^[0-9]+$',
      },
    ),
    ce_stateunderreview: text(
      'State under review as ISO 3166-1 alpha-3, absent where the fact belongs to none.',
    ),
    ce_visibility: text('Who may see what the event says.', { enum: ['public', 'internal'] }),
    ce_correlationid: text('What one request or job set in motion, across services.'),
    ce_causationid: text('Id of the event or request that led directly to this one.'),
    ce_snapshot: text('The event only tells the present state again, for copies that are built anew.', {
      const: 'true',
    }),
    ce_snapshotid: text('Snapshot that the event is a part of.', { format: 'uuid' }),
    ce_snapshotfor: text('Service that the snapshot is for; absent where it is for all.'),
    traceparent: text('W3C trace context.'),
    'content-type': text('Media type of the value.', { const: 'application/json' }),
  },
};
