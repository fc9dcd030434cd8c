import { filterToQuery, type RecommendationFilter } from '@followthrough/contracts';
import {
  footerTexts,
  headerSafe,
  plural,
  type BadgeTone,
  type MailBlock,
  type MailDocument,
  type MailLocale,
} from '@followthrough/mail';
import { stateName } from '@followthrough/vocabulary';
import { describeFilter } from './describe-filter';
import {
  isVoice,
  type ChangeNotice,
  type DigestGroup,
  type DigestNotice,
  type VoiceNotice,
} from '../../domain/digest-content';
import { fill, textsIn } from './texts/texts';

/** Most recommendations that a mail shows in full; the rest is a number and a link. */
const SHOWN = 40;
const STATES_IN_SUBJECT = 3;

/** A subscription that caused a mail, and the link that ends it. */
export interface Reason {
  filter: RecommendationFilter;
  stopUrl: string;
}

export interface MailFrame {
  locale: MailLocale;
  publicUrl: string;
  reasons: Reason[];
  stopAllUrl: string;
  /** A member can choose on the site; a follower without an account only by links. */
  hasAccount: boolean;
}

/** What goes into a mail besides its addressee. */
export interface Letter {
  subject: string;
  document: MailDocument;
}

export function digestLetter(
  kind: 'import' | 'immediate' | 'daily' | 'weekly',
  groups: readonly DigestGroup[],
  frame: MailFrame,
): Letter {
  const { locale } = frame;
  const texts = textsIn[locale];
  const total = groups.reduce((sum, { entries }) => sum + recommendationsIn(entries), 0);
  const names = groups.map(({ stateUnderReview }) => nameOf(stateUnderReview, locale));
  const states =
    names.slice(0, STATES_IN_SUBJECT).join(', ') + (names.length > STATES_IN_SUBJECT ? ', …' : '');
  const subject = fill(plural(locale, total, texts.subject[kind]), { states });
  let room = SHOWN;
  const blocks = groups.flatMap((group): MailBlock[] => {
    const shown = group.entries.slice(0, Math.max(room, 0));
    room -= shown.length;
    return groupBlocks(group, shown, frame);
  });
  return { subject: headerSafe(subject), document: framed(subject, blocks, frame) };
}

export function correctionLetter(corrected: number, frame: MailFrame): Letter {
  const { correction } = textsIn[frame.locale];
  const blocks: MailBlock[] = [
    { kind: 'paragraph', text: plural(frame.locale, corrected, correction.body) },
    { kind: 'paragraph', text: correction.advice },
  ];
  return { subject: correction.subject, document: framed(correction.subject, blocks, frame) };
}

function groupBlocks(group: DigestGroup, shown: DigestNotice[], frame: MailFrame): MailBlock[] {
  const { locale, publicUrl, reasons } = frame;
  const texts = textsIn[locale];
  const blocks: MailBlock[] = [{ kind: 'heading', text: nameOf(group.stateUnderReview, locale) }];
  blocks.push(...shown.map((entry) => entryBlock(entry, frame)));
  const hidden = group.entries.length - shown.length;
  if (hidden === 0) return blocks;
  const filter = reasons.length === 1 ? (reasons[0]?.filter ?? {}) : {};
  const query = filterToQuery({ ...filter, stateUnderReview: [group.stateUnderReview || 'none'] });
  blocks.push({ kind: 'paragraph', text: plural(locale, hidden, texts.more) });
  blocks.push({
    kind: 'button',
    label: texts.seeAll,
    url: `${publicUrl}/recommendations?${query}&lang=${locale}`,
  });
  return blocks;
}

const recommendationsIn = (entries: readonly DigestNotice[]): number =>
  new Set(entries.map(({ recommendation }) => recommendation.recommendationId)).size;

function entryBlock(notice: DigestNotice, frame: MailFrame): MailBlock {
  return isVoice(notice) ? voiceBlock(notice, frame) : changeBlock(notice, frame);
}

/** What has happened, or what an organisation says: in their words, with who they are. */
function voiceBlock({ kind, voice, recommendation }: VoiceNotice, frame: MailFrame): MailBlock {
  const { locale, publicUrl } = frame;
  const texts = textsIn[locale];
  const who =
    voice.organisationName ||
    (texts.organisationClasses[voice.organisationClass] ?? texts.organisationClasses['other'] ?? '');
  const others = voice.recommendationIds.length - 1;
  const notes = [
    kind === 'development' ? fill(texts.saidBy, { who }) : '',
    others > 0 ? plural(locale, others, texts.alsoAbout) : '',
  ];
  return {
    kind: 'record',
    code: codeOf(recommendation),
    what:
      kind === 'development'
        ? fill(texts.development, {
            kind: texts.developmentKinds[voice.kind] ?? voice.kind,
            day: dayIn(locale, voice.day),
          })
        : fill(texts.assessment, { who, verdict: texts.verdicts[voice.kind] ?? voice.kind }),
    badge: null,
    text: voice.text,
    language: voice.language === 'und' ? '' : voice.language,
    note: notes.filter((note) => note !== '').join(' · '),
    url: `${publicUrl}/recommendations/${recommendation.recommendationId}?lang=${locale}`,
  };
}

/** A civil date in words; it has no zone. */
function dayIn(locale: MailLocale, day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function changeBlock(
  { kind, changedFields, previousPosition, recommendation }: ChangeNotice,
  frame: MailFrame,
): MailBlock {
  const { locale, publicUrl } = frame;
  const texts = textsIn[locale];
  const changed = [
    ...new Set(
      changedFields.map((field) => texts.changedFields[field] ?? texts.changedFields['other'] ?? ''),
    ),
  ];
  const froms = recommendation.recommendingStates.map((code) => stateName(code, locale));
  const notes = [
    froms.length > 0 ? fill(texts.from, { states: froms.join(', ') }) : '',
    recommendation.kind === 'pledge' ? texts.pledge : '',
    kind === 'revised' && changedFields.includes('position')
      ? fill(texts.positionWas, { before: texts.positions[previousPosition || 'none'] ?? previousPosition })
      : '',
  ];
  return {
    kind: 'record',
    code: codeOf(recommendation),
    what: fill(texts.what[kind], { changed: changed.join(', ') }),
    badge: recommendation.position
      ? {
          tone: toneOf(recommendation.position),
          label: texts.positions[recommendation.position] ?? recommendation.position,
        }
      : null,
    text: recommendation.text,
    language: recommendation.language === 'und' ? '' : recommendation.language,
    note: notes.filter((note) => note !== '').join(' · '),
    url: `${publicUrl}/recommendations/${recommendation.recommendationId}?lang=${locale}`,
  };
}

function framed(title: string, blocks: MailBlock[], frame: MailFrame): MailDocument {
  const { locale, publicUrl, reasons } = frame;
  const texts = textsIn[locale];
  const described = reasons.map(({ filter, stopUrl }) => ({
    filter: describeFilter(filter, locale),
    stopUrl,
  }));
  return {
    locale,
    title,
    blocks,
    reasons: described.map(({ filter }) => fill(texts.because, { filter })),
    links: [
      ...described.map(({ filter, stopUrl }) => ({ label: fill(texts.stopOne, { filter }), url: stopUrl })),
      { label: footerTexts[locale].stop, url: frame.stopAllUrl },
      ...(frame.hasAccount
        ? [{ label: footerTexts[locale].settings, url: `${publicUrl}/subscriptions` }]
        : []),
    ],
  };
}

function codeOf({ symbol, paragraph, mechanism, session }: DigestNotice['recommendation']): string {
  const place = [symbol, paragraph].filter((part) => part !== '').join(' § ');
  if (place !== '') return place;
  return session > 0 ? `${mechanism} ${session}` : mechanism || '—';
}

function toneOf(position: string): BadgeTone {
  return position === 'supported' || position === 'partly' || position === 'noted' ? position : 'plain';
}

function nameOf(state: string, locale: MailLocale): string {
  return state === '' ? textsIn[locale].withoutState : stateName(state, locale);
}
