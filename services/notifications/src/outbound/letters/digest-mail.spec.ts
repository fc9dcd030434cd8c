import type { RecommendationState } from '@followthrough/contracts';
import { renderMail } from '@followthrough/mail';
import { groupNotices, type ChangeNotice, type DigestNotice } from '../../domain/digest-content';
import { correctionLetter, digestLetter, type MailFrame } from './digest-mail';

const aRecommendation = (change: Partial<RecommendationState> = {}): RecommendationState => ({
  recommendationId: '0190aaaa-0000-7000-8000-000000000001',
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'SVN',
  cycle: 3,
  session: 34,
  symbol: 'A/HRC/43/15',
  paragraph: '121.10',
  text: 'Guarantee equality before the law <b>for all</b>',
  language: 'en',
  recommendingStates: ['FRA'],
  position: 'supported',
  actionCategory: 4,
  themes: [],
  groups: [],
  sdgs: [],
  reviewDate: '2019-11-12',
  demo: false,
  sources: [],
  ...change,
});

const aNotice = (
  change: Partial<ChangeNotice> = {},
  recommendation: Partial<RecommendationState> = {},
): DigestNotice => ({
  kind: 'recorded',
  changedFields: [],
  previousPosition: '',
  recommendation: aRecommendation(recommendation),
  ...change,
});

const aFrame = (change: Partial<MailFrame> = {}): MailFrame => ({
  locale: 'en',
  publicUrl: 'https://a.org',
  reasons: [
    { filter: { stateUnderReview: ['SVN'], position: ['supported'] }, stopUrl: 'https://a.org/stop/1' },
  ],
  stopAllUrl: 'https://a.org/stop/all',
  hasAccount: true,
  ...change,
});

describe('groupNotices', () => {
  it('shows a recommendation once, by State, the largest group first, in order of paragraphs', () => {
    const groups = groupNotices([
      aNotice({}, { recommendationId: 'c', stateUnderReview: 'HRV' }),
      aNotice({}, { recommendationId: 'b', paragraph: '121.10' }),
      aNotice({}, { recommendationId: 'a', paragraph: '121.9' }),
      aNotice(
        { kind: 'revised', changedFields: ['text'] },
        { recommendationId: 'b', paragraph: '121.10', text: 'New' },
      ),
    ]);
    expect(groups.map((group) => group.stateUnderReview)).toEqual(['SVN', 'HRV']);
    expect(groups[0]?.entries.map(({ kind, recommendation }) => [kind, recommendation.paragraph])).toEqual([
      ['recorded', '121.9'],
      ['recorded', '121.10'],
    ]);
    expect(groups[0]?.entries[1]?.recommendation.text).toBe('New');
  });

  it('adds changes up and keeps the position before the first of them', () => {
    const [group] = groupNotices([
      aNotice({ kind: 'revised', changedFields: ['position'], previousPosition: 'pending' }),
      aNotice({ kind: 'revised', changedFields: ['position', 'text'], previousPosition: 'noted' }),
    ]);
    expect(group?.entries[0]).toMatchObject({
      changedFields: ['position', 'text'],
      previousPosition: 'pending',
    });
  });
});

describe('digestLetter', () => {
  it('says how many, of whom, why, and how to stop', () => {
    const { subject, document } = digestLetter('import', groupNotices([aNotice()]), aFrame());
    expect(subject).toBe('1 recommendation that you follow: Slovenia');
    const { html, text } = renderMail(document);
    expect(text).toContain('A/HRC/43/15 § 121.10 new [Supported]');
    expect(text).toContain('Guarantee equality before the law <b>for all</b>');
    expect(html).toContain('&lt;b&gt;for all&lt;/b&gt;');
    expect(text).toContain(
      'You get this mail because you follow: State under review: Slovenia; position: Supported.',
    );
    for (const url of ['https://a.org/stop/1', 'https://a.org/stop/all', 'https://a.org/subscriptions']) {
      expect(text).toContain(url);
    }
  });

  it('shows forty and counts the rest', () => {
    const notices = Array.from({ length: 100 }, (_, n) =>
      aNotice({}, { recommendationId: `r${n}`, paragraph: `${n}` }),
    );
    const { subject, document } = digestLetter('daily', groupNotices(notices), aFrame());
    expect(subject).toBe('Today: 100 recommendations that you follow: Slovenia');
    expect(document.blocks.filter(({ kind }) => kind === 'record')).toHaveLength(40);
    expect(renderMail(document).text).toContain('and 60 more');
    expect(renderMail(document).text).toContain(
      '/recommendations?stateUnderReview=SVN&position=supported&lang=en',
    );
  });

  it('tells a change of position in the reader’s language', () => {
    const notice = aNotice({ kind: 'revised', changedFields: ['position'], previousPosition: 'noted' });
    const { document } = digestLetter('immediate', groupNotices([notice]), aFrame({ locale: 'fr' }));
    const { text } = renderMail(document);
    expect(text).toContain('modifiée : position [Acceptée]');
    expect(text).toContain('De : France · Position précédente : Notée.');
  });

  it('is written from right to left in Arabic, the record in its own direction', () => {
    const { subject, document } = digestLetter('import', groupNotices([aNotice()]), aFrame({ locale: 'ar' }));
    expect(subject).toContain('توصية واحدة');
    const { html } = renderMail(document);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<p lang="en" dir="ltr"');
  });

  it('keeps subjects free of what could end a header', () => {
    const hostile = aNotice({}, { stateUnderReview: 'X\r\nBcc: a@b.org' });
    expect(digestLetter('import', groupNotices([hostile]), aFrame()).subject).not.toMatch(/[\r\n]/);
  });
});

describe('correctionLetter', () => {
  it('says how many notices are taken back', () => {
    const { subject, document } = correctionLetter(12, aFrame({ hasAccount: false }));
    expect(subject).toContain('Correction');
    expect(renderMail(document).text).toContain('We told you of 12 recommendations');
    expect(renderMail(document).text).not.toContain('https://a.org/subscriptions');
  });
});
