// docs/events.md: every event for people, with meaning, publisher, consumers and fields.

/** @param {ReturnType<import('./model.mjs').readModel>} model */
export function renderEventsPage({ topics, messages }) {
  return `# Events

Generated from \`proto/\` by \`node tools/proto/generate.mjs\`; \`npm run check\` compares. The machine-readable form is
[asyncapi.json](asyncapi.json).

An event is a fact in the past tense, owned by its publisher. On the wire its value is the canonical proto3 JSON of its
message: camelCase names, fields with their default value (empty text, 0, false, empty list) left out. Its key is the
id of its aggregate, its headers are CloudEvents 1.0 in binary mode. Events of one aggregate come in order of
(generation, version); an older one never overwrites a newer one. Consumers ignore fields that they do not know.

${overview(topics)}
${topics.map((topic) => topicSection(topic)).join('\n')}
${sharedSection(topics, messages)}`;
}

function overview(topics) {
  const anchorOf = anchors(topics.flatMap(({ events }) => events));
  const rows = topics.flatMap(({ events, publisher }) =>
    events.map(
      (event) =>
        `| [${event.name}](#${anchorOf.get(event)}) | ${firstSentence(event.comment)} | ${publisher} | ${event.consumers.join(', ') || '–'} |`,
    ),
  );
  return `| event | meaning | publisher | consumers |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** GitHub numbers the headings of one name in their order. */
const anchors = (events) => {
  const seen = new Map();
  return new Map(
    events.map((event) => {
      const anchor = event.name.toLowerCase();
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return [event, before === 0 ? anchor : `${anchor}-${before}`];
    }),
  );
};

function topicSection({ name, publisher, partitions, files, events }) {
  const defined = files.map((file) => `\`proto/${file}\``).join(' and ');
  const about = `Published by ${publisher}, ${partitions} partitions, defined in ${defined}.`;
  return `## ${name}\n\n${about}\n\n${events.map(eventSection).join('\n')}`;
}

function eventSection(event) {
  const facts = `Type \`${event.type}\`, aggregate ${event.aggregate}, consumers: ${event.consumers.join(', ') || 'none yet'}.`;
  return `### ${event.name}\n\n${event.comment}\n\n${facts}\n\n${fieldTable(event)}`;
}

function sharedSection(topics, messages) {
  const events = new Set(topics.flatMap((topic) => topic.events.map(({ type }) => type)));
  const packages = new Set(topics.map(({ name }) => name));
  const shared = [...messages.values()].filter(
    ({ fullName, name }) => !events.has(fullName) && packages.has(fullName.slice(0, -name.length - 1)),
  );
  const sections = shared.map(
    (message) => `### ${message.name}\n\n${message.comment}\n\n${fieldTable(message)}`,
  );
  return `## What events carry\n\n${sections.join('\n')}`;
}

function fieldTable({ fields }) {
  const rows = fields.map(
    (field) => `| \`${field.json}\` | ${typeOf(field)} | ${field.comment.replaceAll('|', '\\|')} |`,
  );
  return `| field | type | |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function typeOf(field) {
  const name = field.message?.split('.').pop();
  const single = name ? `[${name}](#${name.toLowerCase()})` : field.schema.type;
  return field.repeated ? `list of ${single}` : single;
}

function firstSentence(text) {
  return (/^.+?\.(?=\s|$)/.exec(text)?.[0] ?? text).replaceAll('|', '\\|');
}
