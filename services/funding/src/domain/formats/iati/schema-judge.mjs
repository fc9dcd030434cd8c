// libxml2 in WebAssembly. It loads with a top-level await, so it stays a module and is only loaded in the thread that
// parses. The raw calls below it are used because the library's own validator writes down the path of every error:
// in an activity with many errors that takes a time that grows with their square.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlParseError,
  xmlCleanupInputProvider,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import {
  addFunction,
  XmlErrorStruct,
  xmlGetNodePath,
  xmlSchemaFreeValidCtxt,
  xmlSchemaNewValidCtxt,
  xmlSchemaSetValidStructuredErrors,
  xmlSchemaValidateDoc,
} from 'libxml2-wasm/lib/libxml2.mjs';

/** Violations of one document that are told one by one; the others are counted. */
const LISTED = 500;
/** What the schemas of the standard include and import. */
const PARTS = ['iati-common.xsd', 'xml.xsd'];

let violations = [];
let further = 0;
const collect = addFunction((_, error) => {
  if (violations.length >= LISTED) further += 1;
  else
    violations.push({
      message: XmlErrorStruct.message(error).trim(),
      path: xmlGetNodePath(XmlErrorStruct.node(error)) ?? '',
    });
}, 'vii');

/**
 * @param {string} folder holds `<version>/iati-activities-schema.xsd` and so on
 * @returns {import('../types').SchemaJudge} a schema is loaded when it is first needed
 */
export function schemaJudge(folder) {
  const schemas = new Map();
  return (bytes, name) => {
    let document;
    try {
      document = XmlDocument.fromBuffer(bytes);
    } catch (error) {
      if (!(error instanceof XmlParseError)) throw error;
      const [{ message, line, col }] =
        error.details.length > 0 ? error.details : [{ message: error.message }];
      return {
        malformed: { message: message.trim(), line: line ?? 1, column: col ?? 1 },
        violations: [],
        further: 0,
      };
    }
    try {
      if (!schemas.has(name)) schemas.set(name, load(folder, name));
      return validate(schemas.get(name), document);
    } finally {
      document.dispose();
    }
  };
}

function validate(schema, document) {
  violations = [];
  further = 0;
  const context = xmlSchemaNewValidCtxt(schema._ptr);
  try {
    xmlSchemaSetValidStructuredErrors(context, collect, 0);
    const result = xmlSchemaValidateDoc(context, document._ptr);
    if (result < 0) throw new Error('libxml2 could not validate a document.');
    return { malformed: null, violations, further };
  } finally {
    xmlSchemaFreeValidCtxt(context);
  }
}

/** The schema from its own files and nothing else: libxml2 never gets to look at a disk. */
function load(folder, name) {
  const within = dirname(name);
  const files = Object.fromEntries(
    [name, ...PARTS.map((part) => `${within}/${part}`)]
      .filter((path) => existsSync(join(folder, path)))
      .map((path) => [path, readFileSync(join(folder, path))]),
  );
  xmlRegisterInputProvider(new XmlBufferInputProvider(files));
  try {
    // The schema goes on pointing into its document, which therefore stays.
    return XsdValidator.fromDoc(XmlDocument.fromBuffer(files[name], { url: name }));
  } finally {
    xmlCleanupInputProvider();
  }
}
