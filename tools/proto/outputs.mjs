// What is generated from the model besides the message classes: path in the repository and content.
import * as prettier from 'prettier';
import { join } from 'node:path';
import { root } from './buf.mjs';
import { readModel } from './model.mjs';
import { renderAsyncApi } from './render-asyncapi.mjs';
import { renderCatalogue } from './render-catalogue.mjs';
import { renderEventsPage } from './render-events-page.mjs';

/** @returns {Promise<Map<string, string>>} */
export async function outputs() {
  const model = readModel();
  const rendered = new Map([
    ['libs/contracts/src/gen/catalogue.ts', renderCatalogue(model)],
    ['docs/events.md', renderEventsPage(model)],
    ['docs/asyncapi.json', renderAsyncApi(model)],
  ]);
  for (const [path, content] of rendered) {
    const options = await prettier.resolveConfig(join(root, path));
    rendered.set(path, await prettier.format(content, { ...options, filepath: join(root, path) }));
  }
  return rendered;
}
