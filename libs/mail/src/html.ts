import type { BadgeTone, MailBlock, MailDocument } from './document';
import { directionOf } from './locale';

const COLOUR = {
  paper: '#faf8f3',
  surface: '#ffffff',
  ink: '#18222c',
  ink2: '#46515d',
  ink3: '#5f6974',
  brand: '#0a5263',
  line: '#dfd9cc',
} as const;

const BADGE: Record<BadgeTone, { ink: string; tint: string }> = {
  supported: { ink: '#14603c', tint: '#e1f1e6' },
  partly: { ink: '#3c4791', tint: '#e6e8f8' },
  noted: { ink: '#63501b', tint: '#f4ecd6' },
  plain: { ink: '#46515d', tint: '#f1ede4' },
};

const SERIF = "'Source Serif 4', Georgia, 'Times New Roman', serif";
const SANS = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif";
const ARABIC = "Vazirmatn, 'Segoe UI', Tahoma, Arial, sans-serif";
const NASKH = "'Noto Naskh Arabic', 'Traditional Arabic', Arial, serif";

const ENTITY: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element or a double-quoted attribute, and drops controls HTML does not allow. */
export function escapeHtml(text: string): string {
  return text

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(/[&<>"']/g, (character) => ENTITY[character] ?? character);
}

/** A link we made ourselves; anything but http(s) is a fault of ours and ends the rendering. */
function href(url: string): string {
  if (!/^https?:\/\//.test(url))
    throw new Error(`A mail may link to http(s) only, not to "${url.slice(0, 80)}".`);
  return escapeHtml(url);
}

/**
 * The HTML part: one table of one column, inline styles, no image, script, form or remote font, so that
 * it looks the same in every reader and calls nobody. Right-to-left languages mirror the whole page.
 */
export function renderHtml(document: MailDocument): string {
  const { locale, title, blocks } = document;
  const rtl = directionOf(locale) === 'rtl';
  const dir = rtl ? 'rtl' : 'ltr';
  const start = rtl ? 'right' : 'left';
  const sans = rtl ? ARABIC : SANS;
  const heading = rtl ? ARABIC : SERIF;
  const rows = blocks.map((block) => renderBlock(block, { sans, rtl }));
  const reasons = document.reasons
    .map((reason) => `<p style="margin:0 0 6px">${escapeHtml(reason)}</p>`)
    .join('');
  const links = document.links
    .map(({ label, url }) => `<a href="${href(url)}" style="color:${COLOUR.brand}">${escapeHtml(label)}</a>`)
    .join(' &middot; ');
  return `<!doctype html>
<html lang="${locale}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(title)}</title></head>
<body dir="${dir}" style="margin:0;padding:0;background:${COLOUR.paper};color:${COLOUR.ink}">
<table role="presentation" dir="${dir}" width="100%" cellpadding="0" cellspacing="0" style="background:${COLOUR.paper}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" dir="${dir}" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:${COLOUR.surface};border:1px solid ${COLOUR.line};border-radius:12px;text-align:${start};font:17px/${rtl ? '1.75' : '1.5'} ${sans};color:${COLOUR.ink}">
<tr><td style="padding:20px 24px 0;font-size:15px;font-weight:600;color:${COLOUR.brand}">Followthrough</td></tr>
<tr><td style="padding:8px 24px 4px"><h1 style="margin:0;font:${rtl ? 700 : 600} 26px/1.3 ${heading}">${escapeHtml(title)}</h1></td></tr>
${rows.join('\n')}
<tr><td style="padding:20px 24px;border-top:1px solid ${COLOUR.line};font-size:14px;color:${COLOUR.ink3}">${reasons}<p style="margin:0">${links}</p></td></tr>
</table></td></tr></table></body></html>
`;
}

function renderBlock(block: MailBlock, look: { sans: string; rtl: boolean }): string {
  switch (block.kind) {
    case 'paragraph':
      return `<tr><td style="padding:8px 24px">${lines(block.text)}</td></tr>`;
    case 'quiet':
      return `<tr><td style="padding:8px 24px;font-size:15px;color:${COLOUR.ink2}">${lines(block.text)}</td></tr>`;
    case 'heading':
      return `<tr><td style="padding:20px 24px 4px"><h2 style="margin:0;font-size:20px;line-height:1.4;font-weight:${look.rtl ? 700 : 600}">${escapeHtml(block.text)}</h2></td></tr>`;
    case 'button':
      return `<tr><td style="padding:12px 24px 20px"><a href="${href(block.url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:${COLOUR.brand};color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(block.label)}</a></td></tr>`;
    case 'record':
      return renderRecord(block);
  }
}

function renderRecord(block: Extract<MailBlock, { kind: 'record' }>): string {
  const direction = directionOf(block.language);
  const face = direction === 'rtl' ? NASKH : SERIF;
  const badge = block.badge
    ? ` <span style="display:inline-block;padding:1px 10px;border-radius:8px;background:${BADGE[block.badge.tone].tint};color:${BADGE[block.badge.tone].ink};font-weight:600">${escapeHtml(block.badge.label)}</span>`
    : '';
  const language = block.language ? ` lang="${escapeHtml(block.language)}"` : '';
  return `<tr><td style="padding:12px 24px;border-top:1px solid ${COLOUR.line}">
<p style="margin:0 0 4px;font-size:15px;color:${COLOUR.ink2}"><a href="${href(block.url)}" style="color:${COLOUR.brand};font-weight:600"><bdi>${escapeHtml(block.code)}</bdi></a> ${escapeHtml(block.what)}${badge}</p>
<p${language} dir="${direction}" style="margin:0;font:19px/1.5 ${face};color:${COLOUR.ink}">${escapeHtml(block.text)}</p>
<p style="margin:4px 0 0;font-size:15px;color:${COLOUR.ink3}">${escapeHtml(block.note)}</p>
</td></tr>`;
}

function lines(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>');
}
