// Reads the protobuf sources into what the generated files are made of: topics, events, fields and their comments.
import { bufOrThrow } from './buf.mjs';

const scalar = {
  TYPE_BOOL: { type: 'boolean' },
  TYPE_INT32: { type: 'integer', format: 'int32' },
  TYPE_INT64: { type: 'string', format: 'int64' },
  TYPE_DOUBLE: { type: 'number' },
  TYPE_STRING: { type: 'string' },
  TYPE_MESSAGE: null,
};

/**
 * @returns {{ topics: Topic[], messages: Map<string, Message> }} topics sorted by name, events in order of the file.
 * Topic = { name, publisher, partitions, files: string[], events: Event[] }; files of one package make one topic
 * Event = Message & { type, aggregate, consumers, file }
 * Message = { name, fullName, comment, fields: { name, json, comment, repeated, schema | message }[] }
 */
export function readModel() {
  const image = JSON.parse(bufOrThrow(['build', 'proto', '-o', '-#format=json']).toString('utf8'));
  const messages = new Map();
  const topics = [];
  for (const file of image.file) {
    if (!file.package.endsWith('.v1') || file.name.startsWith('google/')) continue;
    const found = file.messageType.map((message, index) => readMessage(file, message, index));
    for (const message of found) messages.set(message.fullName, message);
    const settings = file.options?.['[followthrough.v1.topic]'];
    if (!settings) continue;
    let topic = topics.find(({ name }) => name === file.package);
    if (!topic) {
      const publisher = file.package.split('.')[0];
      topic = { name: file.package, publisher, partitions: settings.partitions, files: [], events: [] };
      topics.push(topic);
    }
    if (topic.partitions !== settings.partitions) {
      throw new Error(`${file.name}: the topic ${topic.name} has ${topic.partitions} partitions elsewhere`);
    }
    topic.files.push(file.name);
    topic.events.push(
      ...found
        .filter((message) => message.aggregate)
        .map((message) => ({ ...message, type: message.fullName, file: file.name })),
    );
  }
  topics.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { topics, messages };
}

function readMessage(file, message, index) {
  const event = message.options?.['[followthrough.v1.event]'];
  return {
    name: message.name,
    fullName: `${file.package}.${message.name}`,
    comment: commentAt(file, [4, index]),
    fields: (message.field ?? []).map((field, at) => readField(file, field, [4, index, 2, at])),
    ...(event && { aggregate: event.aggregate, consumers: [...(event.consumers ?? [])].sort() }),
  };
}

function readField(file, field, path) {
  if (!(field.type in scalar)) {
    throw new Error(
      `${file.name}: field ${field.name} has ${field.type}, for which no JSON schema is known here`,
    );
  }
  const message = field.type === 'TYPE_MESSAGE' ? field.typeName.slice(1) : undefined;
  return {
    name: field.name,
    json: field.jsonName,
    comment: commentAt(file, path),
    repeated: field.label === 'LABEL_REPEATED',
    ...(message ? { message } : { schema: scalar[field.type] }),
  };
}

/** The comment before a declaration, as one paragraph. */
function commentAt(file, path) {
  const wanted = path.join('.');
  const location = file.sourceCodeInfo?.location.find(
    (candidate) => (candidate.path ?? []).join('.') === wanted,
  );
  return (location?.leadingComments ?? '').trim().replace(/\s*\n\s*/g, ' ');
}
