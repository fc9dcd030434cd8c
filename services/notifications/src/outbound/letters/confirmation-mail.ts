import type { RecommendationFilter } from '@followthrough/contracts';
import { footerTexts, type MailLocale } from '@followthrough/mail';
import { describeFilter } from './describe-filter';
import type { Letter } from './digest-mail';
import { textsIn } from './texts/texts';

/** Asks whether a wish to follow came from the owner of the address. */
export function followLetter(filter: RecommendationFilter, url: string, locale: MailLocale): Letter {
  const { follow } = textsIn[locale];
  return asking(follow, [describeFilter(filter, locale)], url, locale);
}

/** Asks whether an address entered for an account belongs to it. */
export function verifyLetter(url: string, locale: MailLocale): Letter {
  return asking(textsIn[locale].verify, [], url, locale);
}

/** Shows an operator that mail arrives. */
export function testLetter(locale: MailLocale): Letter {
  const { test } = textsIn[locale];
  return {
    subject: test.subject,
    document: {
      locale,
      title: test.subject,
      blocks: [{ kind: 'paragraph', text: test.body }],
      reasons: [footerTexts[locale].asked],
      links: [],
    },
  };
}

function asking(
  text: { subject: string; intro: string; button: string; validity: string },
  lines: string[],
  url: string,
  locale: MailLocale,
): Letter {
  return {
    subject: text.subject,
    document: {
      locale,
      title: text.subject,
      blocks: [
        { kind: 'paragraph', text: [text.intro, ...lines].join('\n') },
        { kind: 'button', label: text.button, url },
        { kind: 'quiet', text: text.validity },
      ],
      reasons: [footerTexts[locale].asked, footerTexts[locale].notYou],
      links: [],
    },
  };
}
