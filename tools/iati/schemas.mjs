// `node tools/iati/schemas.mjs FOLDER`: takes the schemas of the IATI standard (FOLDER/<version>/*.xsd, as published) into
// services/funding/schemas/iati, without their documentation: what is left says only what is allowed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../build.mjs';

const NEEDED = /^(iati-activities-schema|iati-organisations-schema|iati-common|xml)\.xsd$/;

/** A schema without annotations and comments, which mean nothing to a validator. */
export function withoutDocumentation(schema) {
  return schema
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(xsd?):annotation\b[^>]*>[\s\S]*?<\/\1:annotation>/g, '')
    .replace(/<\?xml-stylesheet[\s\S]*?\?>/g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
}

function take(folder) {
  for (const version of readdirSync(folder)) {
    const target = join(root, 'services', 'funding', 'schemas', 'iati', version);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(join(folder, version)).filter((name) => NEEDED.test(name))) {
      writeFileSync(
        join(target, basename(file)),
        withoutDocumentation(readFileSync(join(folder, version, file), 'utf8')),
      );
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) take(process.argv[2]);
