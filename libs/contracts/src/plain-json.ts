import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';

/**
 * Canonical JSON of messages that consist of strings, whole numbers, truth values, lists and messages of these:
 * all that our events are. A quarter of the time that protobuf's own reflection takes, which every event costs
 * once to write and once for each group that reads it. Whatever looks different in any way is left to protobuf,
 * which knows every form and has the errors.
 */
interface Shape {
  fields: Field[];
  /** Names that protobuf would take for a field, beside those of canonical JSON. */
  otherNames: ReadonlySet<string>;
}

interface Field {
  name: string;
  list: boolean;
  /** The value that canonical JSON leaves out; none for messages. */
  zero: string | number | boolean | undefined;
  message: Shape | null;
}

/** Says that protobuf is to do it. */
export const UNUSUAL = Symbol('unusual');
type Unusual = typeof UNUSUAL;
type PlainObject = Record<string, unknown>;

const shapes = new Map<DescMessage, Shape | null>();
const zeros = new Map<ScalarType, string | number | boolean>([
  [ScalarType.STRING, ''],
  [ScalarType.BOOL, false],
  [ScalarType.INT32, 0],
]);

function shapeOf(message: DescMessage): Shape | null {
  const known = shapes.get(message);
  if (known !== undefined) return known;
  // A message that holds itself is none of ours.
  shapes.set(message, null);
  const fields = message.fields.map(fieldOf);
  const shape = fields.includes(null)
    ? null
    : {
        fields: fields as Field[],
        otherNames: new Set(
          message.fields.filter(({ name, jsonName }) => name !== jsonName).map(({ name }) => name),
        ),
      };
  shapes.set(message, shape);
  return shape;
}

function fieldOf(field: DescField): Field | null {
  const { jsonName: name, fieldKind } = field;
  if (name !== field.localName || field.oneof) return null;
  const list = fieldKind === 'list';
  if (fieldKind === 'message' || (list && field.listKind === 'message')) {
    const message = shapeOf(field.message);
    return message && { name, list, zero: undefined, message };
  }
  if (fieldKind === 'scalar' || (list && field.listKind === 'scalar')) {
    const zero = zeros.get(field.scalar);
    return zero === undefined ? null : { name, list, zero, message: null };
  }
  return null;
}

/** The message with all its fields, from parsed JSON. */
export function readPlain(message: DescMessage, json: unknown): PlainObject | Unusual {
  const shape = shapeOf(message);
  return shape ? readMessage(shape, json) : UNUSUAL;
}

function readMessage(shape: Shape, json: unknown): PlainObject | Unusual {
  if (!isObject(json)) return UNUSUAL;
  const plain: PlainObject = {};
  let present = 0;
  for (const field of shape.fields) {
    const given = json[field.name];
    if (given === undefined) {
      if (field.list) plain[field.name] = [];
      else if (!field.message) plain[field.name] = field.zero;
      continue;
    }
    present += 1;
    const value = each(field, given, readMessage);
    if (value === UNUSUAL) return UNUSUAL;
    plain[field.name] = value;
  }
  if (Object.keys(json).length === present) return plain;
  return Object.keys(json).some((name) => shape.otherNames.has(name)) ? UNUSUAL : plain;
}

/** What canonical JSON says of a message, to be made text: fields with their zero value are left out. */
export function writePlain(message: DescMessage, data: unknown): PlainObject | Unusual {
  const shape = shapeOf(message);
  return shape ? writeMessage(shape, data) : UNUSUAL;
}

function writeMessage(shape: Shape, data: unknown): PlainObject | Unusual {
  if (!isObject(data)) return UNUSUAL;
  const json: PlainObject = {};
  for (const field of shape.fields) {
    const given = data[field.name];
    if (given === undefined || (given === field.zero && !field.list)) continue;
    if (field.list && Array.isArray(given) && given.length === 0) continue;
    const value = each(field, given, writeMessage);
    if (value === UNUSUAL) return UNUSUAL;
    json[field.name] = value;
  }
  return json;
}

type Convert = (shape: Shape, value: unknown) => PlainObject | Unusual;

function each(field: Field, given: unknown, convert: Convert): unknown {
  if (!field.list) return one(field, given, convert);
  if (!Array.isArray(given)) return UNUSUAL;
  const values: unknown[] = [];
  for (const element of given) {
    const value = one(field, element, convert);
    if (value === UNUSUAL) return UNUSUAL;
    values.push(value);
  }
  return values;
}

function one(field: Field, given: unknown, convert: Convert): unknown {
  if (field.message) return convert(field.message, given);
  if (typeof given !== typeof field.zero) return UNUSUAL;
  if (typeof given === 'string') return isWellFormed(given) ? given : UNUSUAL;
  // Whole numbers of 32 bits and nothing else: not -0 either.
  if (typeof given === 'number') return Object.is(given | 0, given) ? given : UNUSUAL;
  return given;
}

function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No half of a surrogate pair, which UTF-8 cannot say. In every Node that we run on, not yet in TypeScript's ES2023. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
