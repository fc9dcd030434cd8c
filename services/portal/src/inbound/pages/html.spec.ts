import { html } from './html';

it('escapes values in text and attributes, and nothing twice', () => {
  const name = `<script>"'&`;
  expect(html`<p title="${name}">${name}</p>`.markup).toBe(
    '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;</p>',
  );
  const rows = [1, 2].map((one) => html`<i>${one}</i>`);
  expect(html`<b>${rows}</b>${null}${false}`.markup).toBe('<b><i>1</i><i>2</i></b>');
});
