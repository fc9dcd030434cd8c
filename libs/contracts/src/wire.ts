import {
  type DescMessage,
  type MessageInitShape,
  create,
  fromJson,
  isMessage,
  type JsonValue,
  toJsonString,
} from '@bufbuild/protobuf';
import { type EventData, type EventType, findEvent } from './catalogue';
import { readPlain, UNUSUAL, writePlain } from './plain-json';

/** Bytes that are not a known event: they can never be handled, so whoever reads them parks them. */
export class WireError extends Error {
  override name = 'WireError';
}

/**
 * An event's data as canonical proto3 JSON: camelCase names, fields with their default value left out.
 * @throws WireError where the data does not fit the message (text for a number, a number for text).
 */
export function toWire<T extends EventType>(type: T, data: EventData<T>): string {
  const schema = schemaOf(type);
  const plain = writePlain(schema, data);
  if (plain !== UNUSUAL) return JSON.stringify(plain);
  try {
    return toJsonString(schema, create(schema, data as MessageInitShape<DescMessage>));
  } catch (error) {
    throw new WireError(`Data of ${type} does not fit its message: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The data of an event from its JSON, all fields present. Unknown fields and enum names, which a newer
 * publisher may send, are ignored.
 * @throws WireError where the type is unknown, the text is not JSON, or a value has the wrong type.
 */
export function fromWire<T extends EventType>(type: T, json: string | JsonValue): EventData<T> {
  const schema = schemaOf(type);
  try {
    const value = typeof json === 'string' ? (JSON.parse(json) as JsonValue) : json;
    const plain = readPlain(schema, value);
    if (plain !== UNUSUAL) return plain as EventData<T>;
    return withoutMarks(fromJson(schema, value, { ignoreUnknownFields: true })) as EventData<T>;
  } catch (error) {
    throw new WireError(`${type} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function schemaOf(type: string): DescMessage {
  const definition = findEvent(type);
  if (!definition) throw new WireError(`No event of type ${type} is known`);
  return definition.schema;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Messages carry `$typeName` and prototypes; equality and logs want plain objects. */
function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (!isMessage(value)) return value;
  const plain: Record<string, unknown> = {};
  for (const [field, content] of Object.entries(value)) {
    if (field !== '$typeName' && field !== '$unknown') plain[field] = withoutMarks(content);
  }
  return plain;
}
