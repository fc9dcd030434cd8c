import { headerSafe, plural, type MailBlock, type MailDocument, type MailLocale } from '@followthrough/mail';
import { letterTexts } from './texts';

/** What is true when a mail is written. */
export interface LetterFacts {
  locale: MailLocale;
  title: string;
  institution: string;
  /** ISO date. */
  dueOn: string;
  /** ISO date where the State is. */
  today: string;
  /** Recommendations that the reader is asked about. */
  recommendations: number;
  /** Of these, without an answer; those with one but not handed in count where all have one. */
  open: number;
  returnReason: string;
  url: string;
}

export interface RoundLetter {
  subject: string;
  document: MailDocument;
}

export function askedLetter(facts: LetterFacts): RoundLetter {
  const { asked } = letterTexts[facts.locale];
  return letter(facts, asked.subject, [
    counted(facts, asked.count, facts.recommendations),
    paragraph(facts, asked.due),
    button(facts),
    { kind: 'quiet', text: asked.how },
  ]);
}

export function passedOnLetter(facts: LetterFacts): RoundLetter {
  const texts = letterTexts[facts.locale];
  const blocks = [
    paragraph(facts, texts.passedOn.intro),
    paragraph(facts, texts.asked.due),
    button(facts),
    { kind: 'quiet' as const, text: texts.asked.how },
  ];
  return letter(facts, texts.passedOn.subject, blocks, texts.reasonColleague);
}

export function reminderLetter(facts: LetterFacts): RoundLetter {
  const { reminder } = letterTexts[facts.locale];
  const subject = facts.today > facts.dueOn ? reminder.after : reminder.before;
  return letter(facts, subject, [counted(facts, reminder.open, facts.open), button(facts)]);
}

export function escalationLetter(facts: LetterFacts): RoundLetter {
  const texts = letterTexts[facts.locale];
  const blocks = [
    paragraph(facts, texts.escalation.intro),
    counted(facts, texts.escalation.open, facts.open),
  ];
  return letter(facts, texts.escalation.subject, blocks, texts.reasonSupervisor);
}

export function returnedLetter(facts: LetterFacts): RoundLetter {
  const { returned } = letterTexts[facts.locale];
  return letter(facts, returned.subject, [
    paragraph(facts, returned.intro),
    { kind: 'paragraph', text: facts.returnReason },
    button(facts),
  ]);
}

export function movedLetter(facts: LetterFacts): RoundLetter {
  const { moved } = letterTexts[facts.locale];
  return letter(facts, moved.subject, [paragraph(facts, moved.intro), button(facts)]);
}

/** The code stands in the subject too: a phone shows it without the mail being opened. */
export function codeLetter(code: string, facts: LetterFacts): RoundLetter {
  const texts = letterTexts[facts.locale];
  const subject = texts.code.subject.replace('{code}', code);
  return {
    subject,
    document: {
      locale: facts.locale,
      title: subject,
      blocks: [
        { kind: 'paragraph', text: texts.code.intro },
        { kind: 'heading', text: code },
        { kind: 'quiet', text: texts.code.valid },
      ],
      reasons: [texts.code.never],
      links: [],
    },
  };
}

function letter(facts: LetterFacts, subject: string, blocks: MailBlock[], reason?: string): RoundLetter {
  const said = headerSafe(fill(facts, subject));
  return {
    subject: said,
    document: {
      locale: facts.locale,
      title: said,
      blocks,
      reasons: [fill(facts, reason ?? letterTexts[facts.locale].reason)],
      links: [],
    },
  };
}

const button = (facts: LetterFacts): MailBlock => ({
  kind: 'button',
  label: letterTexts[facts.locale].asked.button,
  url: facts.url,
});

const paragraph = (facts: LetterFacts, text: string): MailBlock => ({
  kind: 'paragraph',
  text: fill(facts, text),
});

const counted = (facts: LetterFacts, forms: Parameters<typeof plural>[2], count: number): MailBlock =>
  paragraph(facts, plural(facts.locale, count, forms));

/** Each place is filled once: what is put in is never searched again. */
function fill(facts: LetterFacts, text: string): string {
  return text.replace(/\{(title|institution|due)\}/g, (_, name: string) =>
    name === 'due' ? dayIn(facts.locale, facts.dueOn) : facts[name as 'title' | 'institution'],
  );
}

function dayIn(locale: MailLocale, date: string): string {
  return new Intl.DateTimeFormat(locale === 'ar' ? 'ar-u-nu-latn' : locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}
