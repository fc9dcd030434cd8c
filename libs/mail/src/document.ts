import type { MailLocale } from './locale';

/** The position of the State under review, as it is coloured; words always stand beside the colour. */
export type BadgeTone = 'supported' | 'partly' | 'noted' | 'plain';

/** One part of a mail's body. All strings are plain text; both renderings escape what they must. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  /** A recommendation: words of the record are set in serif and keep their own language and direction. */
  | {
      kind: 'record';
      code: string;
      what: string;
      badge: { tone: BadgeTone; label: string } | null;
      text: string;
      language: string;
      note: string;
      url: string;
    }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'quiet'; text: string };

/** A whole mail, before it is HTML or text. */
export interface MailDocument {
  locale: MailLocale;
  /** First line of the mail; a finding, not a label. */
  title: string;
  blocks: MailBlock[];
  /** Why the reader gets this mail, one line each. */
  reasons: string[];
  /** Links at the foot: settings, stop. */
  links: { label: string; url: string }[];
}
