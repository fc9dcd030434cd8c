// A TypeScript type as JSON Schema, as JSON.stringify writes its values: dates are text, functions and undefined are
// not there.
import ts from 'typescript';

const { TypeFlags } = ts;

/** @returns {object} a JSON Schema; `{}` for what the compiler knows nothing about */
export function schemaOf(checker, type, within = []) {
  const inner = (one) => schemaOf(checker, one, [...within, type]);
  if (type.flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
  if (type.flags & TypeFlags.Null) return { type: 'null' };
  if (type.flags & TypeFlags.StringLiteral) return { type: 'string', enum: [type.value] };
  if (type.flags & TypeFlags.NumberLiteral) return { type: 'number', enum: [type.value] };
  if (type.flags & (TypeFlags.StringLike | TypeFlags.TemplateLiteral)) return { type: 'string' };
  if (type.flags & TypeFlags.NumberLike) return { type: 'number' };
  if (type.flags & TypeFlags.BooleanLiteral)
    return { type: 'boolean', enum: [type.intrinsicName === 'true'] };
  // `string & {}`, which keeps the names that an editor may offer.
  if (type.isIntersection() && type.types.some((one) => one.flags & TypeFlags.String))
    return { type: 'string' };
  if (type.isUnion()) return unionSchema(type.types.map(inner), type.types);
  if (within.includes(type)) return {};
  if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
  if (checker.isArrayLikeType(type)) return { type: 'array', items: inner(elementOf(checker, type)) };
  return objectSchema(checker, type, inner);
}

function elementOf(checker, type) {
  return checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? checker.getAnyType();
}

function objectSchema(checker, type, inner) {
  const properties = {};
  const required = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const propertyType = checker.getTypeOfSymbol(property);
    if (propertyType.getCallSignatures().length > 0 || property.name.startsWith('__@')) continue;
    const description = ts
      .displayPartsToString(property.getDocumentationComment(checker))
      .replace(/\s+/g, ' ');
    properties[property.name] = { ...inner(propertyType), ...(description && { description }) };
    const missing = property.flags & ts.SymbolFlags.Optional || mayBeUndefined(propertyType);
    if (!missing) required.push(property.name);
  }
  const indexed = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  return {
    type: 'object',
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(indexed && { additionalProperties: inner(indexed) }),
  };
}

const mayBeUndefined = (type) =>
  Boolean(type.flags & TypeFlags.Undefined) ||
  (type.isUnion() && type.types.some((one) => one.flags & TypeFlags.Undefined));

/** In an order of its own: that of the compiler changes with what else it has looked at. */
function unionSchema(schemas, types) {
  const known = schemas.filter((_, index) => !(types[index].flags & TypeFlags.Undefined));
  const variants = new Map();
  for (const schema of known) {
    const key = schema.enum ? `enum of ${schema.type}` : JSON.stringify(schema);
    const values = [...(variants.get(key)?.enum ?? []), ...(schema.enum ?? [])].sort();
    variants.set(key, schema.enum ? { ...schema, enum: values } : schema);
  }
  // The compiler takes a boolean for a union of true and false.
  if (variants.get('enum of boolean')?.enum.length === 2)
    variants.set('enum of boolean', { type: 'boolean' });
  // Some values and any other text: any text.
  if (variants.has(JSON.stringify({ type: 'string' }))) variants.delete('enum of string');
  const sorted = [...variants.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return sorted.length === 1 ? sorted[0] : { anyOf: sorted };
}
