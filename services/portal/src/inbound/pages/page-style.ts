/** Look of the pages before one is signed in: the tokens and, where it is built, the fonts of the web application. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #faf8f3; --surface: #fff; --ink: #18222c; --ink-2: #46515d; --line: #dfd9cc; --line-strong: #857e70;
  --brand: #0a5263; --on-brand: #fff; --tint: #e2eff0; --focus: #b8500c; --bad: #a32a22;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #11171c; --surface: #182027; --ink: #e9edf0; --ink-2: #b9c3cc; --line: #2c3842; --line-strong: #76838f;
    --brand: #74cbd5; --on-brand: #07252c; --tint: #15343b; --focus: #ffb454; --bad: #ff9c8f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.5 "Source Sans 3 Variable", system-ui, "Segoe UI", sans-serif;
}
:lang(ar) body, body:lang(ar) { font-family: "Vazirmatn Variable", system-ui, "Segoe UI", Tahoma, sans-serif; line-height: 1.75; }
header {
  display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between;
  padding: 12px 24px; border-block-end: 1px solid var(--line); background: var(--surface);
}
header a { color: var(--brand); }
header nav { display: flex; gap: 16px; }
header nav a, .brand { min-height: 44px; display: inline-flex; align-items: center; }
header a.brand { gap: 10px; font: 600 21px "Source Serif 4", Georgia, serif; text-decoration: none; color: var(--ink); }
main { max-inline-size: 34rem; margin-inline: auto; padding: 32px 24px 48px; }
h1 { font: 600 28px/1.25 "Source Serif 4", Georgia, serif; margin: 0 0 12px; }
h1:lang(ar), body:lang(ar) h1 { font-family: inherit; font-weight: 700; line-height: 1.5; }
h2 { font-size: 19px; margin: 0 0 8px; }
p { margin: 0 0 16px; }
.note { color: var(--ink-2); font-size: 15px; }
.fault { border-inline-start: 4px solid var(--bad); padding: 8px 12px; color: var(--bad); background: var(--surface); }
form { margin: 0 0 16px; }
label { display: block; font-weight: 600; margin-block-end: 4px; }
input, select {
  display: block; inline-size: 100%; min-height: 44px; margin-block-end: 16px; padding: 8px 12px; font: inherit;
  color: var(--ink); background: var(--surface); border: 1px solid var(--line-strong); border-radius: 8px;
}
input[type=email], input[type=password] { direction: ltr; text-align: start; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 20px; font: inherit;
  font-weight: 600; color: var(--on-brand); background: var(--brand); border: 1px solid var(--brand); border-radius: 8px;
  cursor: pointer; text-decoration: none;
}
.choices { display: grid; gap: 8px; }
.choices form { margin: 0; }
.choices button { inline-size: 100%; color: var(--ink); background: var(--tint); border-color: var(--line-strong); text-align: start; justify-content: start; }
section { margin-block-start: 32px; padding-block-start: 24px; border-block-start: 1px solid var(--line); }
a { color: var(--brand); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
code { font-size: 1em; background: var(--tint); padding: 0 4px; border-radius: 4px; }
`;

const faces = [
  {
    family: 'Source Sans 3 Variable',
    weight: '200 900',
    file: /^assets\/source-sans-3-latin-wght-.*\.woff2$/,
  },
  { family: 'Source Serif 4', weight: '600', file: /^assets\/source-serif-4-latin-600-.*\.woff2$/ },
  { family: 'Vazirmatn Variable', weight: '100 900', file: /^assets\/vazirmatn-arabic-wght-.*\.woff2$/ },
];

/** The fonts among the files of the built web application. */
export function fontFaces(files: Iterable<string>): string {
  const built = [...files];
  return faces
    .flatMap(({ family, weight, file }) => {
      const found = built.find((path) => file.test(path));
      return found
        ? `@font-face { font-family: "${family}"; font-weight: ${weight}; font-display: swap; src: url("/${found}") format("woff2"); }`
        : [];
    })
    .join('\n');
}

/**
 * Fills the time zone into forms, and hands address and language to notifications on the first sign-in, so that
 * the portal need not hold them. Without script one enters both in the settings.
 */
export const pageScript = `
'use strict';
var zone = '';
try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone || ''; } catch (error) { zone = ''; }
document.querySelectorAll('input[name=timeZone]').forEach(function (field) { field.value = zone; });
var task = document.querySelector('[data-hand-over]');
if (task) {
  var body = JSON.parse(task.getAttribute('data-hand-over'));
  if (zone) body.timeZone = zone;
  var go = function () { location.replace(task.getAttribute('href')); };
  fetch('/api/notifications/v1/me', {
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-csrf-token': task.getAttribute('data-csrf') },
    body: JSON.stringify(body),
  }).then(go, go);
}
`;
