// What of a change of an API breaks its callers. What a caller may send must stay allowed, what a caller is given must
// stay there. More values of an enumeration in an answer break nobody: callers ignore names that they do not know.

/**
 * @param {object} before OpenAPI 3.1 document that callers rely on
 * @param {object} after the same API now
 * @returns {string[]} a sentence each, empty where nothing breaks
 */
export function breakingChanges(before, after) {
  const broken = [];
  for (const [path, item] of Object.entries(before.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const route = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (!now) broken.push(`${route} is gone`);
      else broken.push(...operationBreaks(operation, now).map((what) => `${route}: ${what}`));
    }
  }
  return broken;
}

function operationBreaks(before, after) {
  return [
    ...parameterBreaks(before.parameters ?? [], after.parameters ?? []),
    ...bodyBreaks(before.requestBody, after.requestBody),
    ...answerBreaks(before.responses, after.responses),
  ];
}

function parameterBreaks(before, after) {
  const called = (list, { name, in: place }) => list.find((one) => one.name === name && one.in === place);
  const broken = [];
  for (const old of before) {
    const now = called(after, old);
    if (!now) broken.push(`no longer takes the ${old.in} parameter ${old.name}`);
    else broken.push(...requestBreaks(old.schema ?? {}, now.schema ?? {}, `parameter ${old.name}`));
  }
  for (const now of after) {
    if (now.required && !called(before, now)?.required)
      broken.push(`now requires the ${now.in} parameter ${now.name}`);
  }
  return broken;
}

function bodyBreaks(before, after) {
  if (!before) return after?.required ? ['now requires a body'] : [];
  if (!after) return ['no longer takes a body'];
  return Object.entries(before.content).flatMap(([mediaType, { schema }]) => {
    const now = after.content[mediaType];
    return now ? requestBreaks(schema ?? {}, now.schema ?? {}, 'body') : [`no longer takes ${mediaType}`];
  });
}

function answerBreaks(before, after) {
  return Object.entries(before)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content = {} }]) => {
      if (!after[status]) return [`no longer answers ${status}`];
      return Object.entries(content).flatMap(([mediaType, { schema }]) => {
        const now = after[status].content?.[mediaType];
        return now
          ? responseBreaks(schema ?? {}, now.schema ?? {}, 'answer')
          : [`no longer answers ${mediaType}`];
      });
    });
}

const isOpen = (schema) => variants(schema).every(({ type, enum: values }) => type === undefined && !values);

/** A schema as those of which one holds: each with one type. */
function variants(schema) {
  const { anyOf, oneOf, ...rest } = schema;
  const some = anyOf ?? oneOf;
  if (some) return some.flatMap((one) => variants({ ...rest, ...one }));
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

/** Complaints about the candidate that fits best. */
function fewest(candidates, complaintsAbout) {
  return candidates.map(complaintsAbout).reduce((best, one) => (one.length < best.length ? one : best));
}

const sameType = (a, b) => a === b || (a === 'number' && b === 'integer');

/** All that was accepted is accepted. */
function requestBreaks(before, after, at) {
  if (isOpen(after)) return [];
  return variants(before).flatMap((old) => fewest(variants(after), (now) => narrower(old, now, at)));
}

function narrower(old, now, at) {
  if (!sameType(now.type, old.type)) return [`${at} was ${old.type ?? 'anything'}, must be ${now.type}`];
  const broken = limits(old, now).map((limit) => `${at} has a narrower ${limit}`);
  const lost = now.enum ? (old.enum ?? ['anything']).filter((value) => !now.enum.includes(value)) : [];
  if (lost.length > 0) broken.push(`${at} may no longer be ${lost.join(', ')}`);
  if (old.items && now.items) broken.push(...requestBreaks(old.items, now.items, `${at}[]`));
  for (const [name, schema] of Object.entries(old.properties ?? {})) {
    const there = now.properties?.[name];
    if (there) broken.push(...requestBreaks(schema, there, `${at}.${name}`));
    else if (now.additionalProperties === false) broken.push(`${at}.${name} is no longer taken`);
  }
  for (const name of now.required ?? [])
    if (!old.required?.includes(name)) broken.push(`${at}.${name} is now required`);
  return broken;
}

function limits(old, now) {
  const upper = ['maximum', 'maxLength', 'maxItems'].filter((key) => now[key] < (old[key] ?? Infinity));
  const lower = ['minimum', 'minLength', 'minItems'].filter((key) => now[key] > (old[key] ?? -Infinity));
  const pattern = now.pattern !== undefined && now.pattern !== old.pattern ? ['pattern'] : [];
  return [...upper, ...lower, ...pattern];
}

/** All that was given is given, and nothing of another kind. */
function responseBreaks(before, after, at) {
  if (isOpen(before)) return [];
  return variants(after).flatMap((now) => fewest(variants(before), (old) => poorer(old, now, at)));
}

function poorer(old, now, at) {
  if (!sameType(old.type, now.type)) return [`${at} was ${old.type}, may be ${now.type ?? 'anything'}`];
  const broken = old.items ? responseBreaks(old.items, now.items ?? {}, `${at}[]`) : [];
  for (const [name, schema] of Object.entries(old.properties ?? {})) {
    const there = now.properties?.[name];
    if (!there) broken.push(`${at}.${name} is gone`);
    else broken.push(...responseBreaks(schema, there, `${at}.${name}`));
    if (there && old.required?.includes(name) && !now.required?.includes(name))
      broken.push(`${at}.${name} may be missing`);
  }
  if (typeof old.additionalProperties === 'object')
    broken.push(...responseBreaks(old.additionalProperties, now.additionalProperties ?? {}, `${at}.*`));
  return broken;
}
