// What a first visit costs, against the budgets of the design: `node tools/budget.mjs` after `vite build`.
// Sizes are gzip; fonts are as they are. Exit status 1 if one is over.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const kB = (bytes) => bytes / 1000;
const packed = (file) => kB(gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length);
const plain = (file) => kB(readFileSync(new URL(file, dist)).length);

const byName = (test) => {
  const found = Object.keys(manifest).find((key) => test.test(key));
  if (!found) throw new Error(`No chunk ${test} in the build.`);
  return found;
};

/** A chunk with all it imports at once. */
function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

const entry = byName(/^_base-.*js$/);
/**
 * @param page its own chunk
 * @param words parts of the catalogue it speaks
 */
function firstVisit(page, words, language) {
  const asked = [
    entry,
    byName(page),
    ...words.map((part) => byName(new RegExp(`virtual:catalogue/${language}/${part}$`))),
  ];
  const chunks = [...new Set(asked.flatMap((key) => [...withImports(key)]))];
  const css = [...new Set(chunks.flatMap((key) => manifest[key].css ?? []))];
  return {
    js: chunks.reduce((sum, key) => sum + packed(manifest[key].file), 0) + packed('start.js'),
    css: css.reduce((sum, file) => sum + packed(file), 0),
  };
}

const fontFiles = Object.values(manifest).flatMap((one) => one.assets ?? []);
const font = (name) => {
  const file = fontFiles.find((one) => one.includes(name));
  if (!file) throw new Error(`No font ${name} in the build.`);
  return plain(file);
};
const latin = ['source-sans-3-latin-wght', 'source-serif-4-latin-400', 'source-serif-4-latin-600'];
const arabic = ['source-sans-3-latin-wght', 'source-serif-4-latin-600', 'vazirmatn-arabic-wght'];

const lines = [];
const check = (what, size, most) => lines.push({ what, size, most });
for (const [name, page, words] of [
  ['list', /pages\/recommendations\/index\.tsx$/, ['public']],
  ['recommendation', /pages\/recommendation\/index\.tsx$/, ['public', 'one']],
  ['overview', /pages\/overview\/index\.tsx$/, ['public', 'pages']],
  ['from a State', /pages\/from\/index\.tsx$/, ['public', 'pages']],
  ['follow', /pages\/follow\/index\.tsx$/, ['public', 'follow']],
]) {
  for (const language of ['en', 'fr', 'ar']) {
    const { js, css } = firstVisit(page, words, language);
    check(`${name} ${language}, script`, js, 130);
    check(`${name} ${language}, style`, css, 12);
  }
}
for (const language of ['en', 'fr', 'ar']) {
  const file = Object.values(manifest).find((one) => one.file.includes(`names-${language}-`))?.file;
  check(`names ${language}, data`, packed(file ?? ''), 8);
}
check(
  'fonts, Latin',
  latin.reduce((sum, name) => sum + font(name), 0),
  75,
);
check(
  'fonts, Arabic',
  arabic.reduce((sum, name) => sum + font(name), 0),
  125,
);

const public_ = withImports(entry);
for (const [key, { file }] of Object.entries(manifest)) {
  if (file.endsWith('.js') && !public_.has(key)) check(`chunk ${key.replace(/^_/, '')}`, packed(file), 45);
}

for (const { what, size, most } of lines) {
  const over = size > most;
  if (over) process.exitCode = 1;
  if (over || process.argv.includes('--all') || !what.startsWith('chunk')) {
    console.log(`${over ? 'OVER' : 'ok  '} ${size.toFixed(1).padStart(6)} kB of ${most}  ${what}`);
  }
}
const chunks = lines.filter(({ what }) => what.startsWith('chunk')).sort((a, b) => b.size - a.size);
console.log(
  `ok   largest lazy chunks: ${chunks
    .slice(0, 3)
    .map(({ what, size }) => `${what.slice(6)} ${size.toFixed(1)}`)
    .join(', ')}`,
);
