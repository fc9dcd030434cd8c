import type { MailBlock, MailDocument } from './document';

/** The plain-text part, from the same document as the HTML: every word and every link, nothing else. */
export function renderText(document: MailDocument): string {
  const body = document.blocks.map(renderBlock).join('\n\n');
  const links = document.links.map(({ label, url }) => `${label}: ${url}`);
  return [document.title, body, '--', [...document.reasons, ...links].join('\n')].join('\n\n') + '\n';
}

function renderBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quiet':
      return block.text;
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min([...block.text].length, 60))}`;
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'record': {
      const badge = block.badge ? ` [${block.badge.label}]` : '';
      const note = block.note ? `\n${block.note}` : '';
      return `${block.code} ${block.what}${badge}\n${block.text}${note}\n${block.url}`;
    }
  }
}
