import type { MailDocument } from './document';
import { renderHtml } from './html';
import { renderText } from './text';

/** Both parts of a mail from one document. */
export function renderMail(document: MailDocument): { html: string; text: string } {
  return { html: renderHtml(document), text: renderText(document) };
}
