import { createHash } from 'node:crypto';
import type { EventData } from '@followthrough/contracts';
import { LaterError, type ReceivedEvent } from '@followthrough/messaging';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { MailServerUnderTest } from './testing/mail-server';
import { aRecommendation, NotificationsUnderTest, received, recorded } from './testing/notifications';

type Development = NonNullable<EventData<'recommendations.v1.DevelopmentPublished'>['development']>;
type Assessment = NonNullable<EventData<'recommendations.v1.AssessmentPublished'>['assessment']>;

const aDevelopment = (change: Partial<Development>): Development => ({
  developmentId: uuidv7(),
  recommendationIds: [],
  actionId: '',
  stateUnderReview: 'SVN',
  kind: 'law',
  happenedOn: '2026-05-04',
  title: 'Act on legal aid',
  text: '',
  language: 'en',
  link: 'https://parliament.example/acts/1',
  organisationId: uuidv7(),
  organisationName: 'Ministry of Justice',
  organisationClass: 'government',
  ...change,
});

const anAssessment = (change: Partial<Assessment>): Assessment => ({
  assessmentId: uuidv7(),
  recommendationId: '',
  stateUnderReview: 'SVN',
  organisationId: uuidv7(),
  organisationName: 'Human Rights Commission',
  organisationClass: 'nhri',
  voice: 'nhri',
  edition: 1,
  verdict: 'limited',
  summary: 'Offices are still to be opened.',
  language: 'en',
  method: 'Visits.',
  evidence: [],
  assessedOn: '2026-05-05',
  answers: [],
  ...change,
});

const published = (
  development: Development,
  { announce = true, ...change }: Partial<ReceivedEvent> & { announce?: boolean } = {},
) =>
  received(
    'recommendations.v1.DevelopmentPublished',
    development.developmentId,
    { development, announce },
    change as Partial<ReceivedEvent>,
  );
const withdrawn = ({ developmentId, recommendationIds }: Development) =>
  received(
    'recommendations.v1.DevelopmentWithdrawn',
    developmentId,
    { developmentId, recommendationIds },
    { version: 2 },
  );
const judged = (assessment: Assessment, change: Partial<ReceivedEvent> = {}) =>
  received('recommendations.v1.AssessmentPublished', assessment.assessmentId, { assessment }, change);

describe('what has happened and who says so, told to those who follow', () => {
  let smtp: MailServerUnderTest;
  let service: NotificationsUnderTest;
  const first = aRecommendation({ paragraph: '121.1', themes: ['equality'] });
  const second = aRecommendation({ paragraph: '121.2', themes: ['justice'] });
  const elsewhere = aRecommendation({ stateUnderReview: 'HRV' });

  beforeAll(async () => {
    smtp = await MailServerUnderTest.start();
    service = await NotificationsUnderTest.start({ smtpUrl: smtp.url });
    await service.receive(...[first, second, elsewhere].map((one) => recorded(one, { announce: false })));
  });
  afterEach(async () => {
    smtp.received.length = 0;
    await service.database.query('delete from recipient');
  });
  afterAll(async () => {
    await service.stop();
    await smtp.stop();
  });

  /** A member with a proven address who follows by these filters. */
  async function aMember(address: string, locale: string, ...filters: object[]): Promise<string> {
    const id = uuidv4();
    const member = {
      memberId: id,
      organisationId: uuidv7(),
      roles: [],
      states: [],
      locale,
      timeZone: '',
      demo: false,
    };
    await service.receive(received('portal.v1.MemberJoined', id, { member }));
    const digest = createHash('sha256').update(address).digest('hex');
    const attestation = JSON.stringify({ sub: id, address_sha256: digest });
    const put = await service.http('PUT', '/me', { as: id, body: { address, attestation } });
    expect(put.json).toMatchObject({ address: { value: address, state: 'verified' } });
    for (const filter of filters) {
      expect((await service.http('POST', '/subscriptions', { as: id, body: { filter } })).status).toBe(201);
    }
    return id;
  }

  const inboxOf = async (as: string) => (await service.http('GET', '/inbox', { as })).json.notices;

  it('tells a development on a cluster once a person, however many of it and by however many wishes they follow', async () => {
    const follower = await aMember(
      'a@example.org',
      'en',
      { stateUnderReview: ['SVN'] },
      { theme: ['justice'] },
    );
    const other = await aMember('b@example.org', 'en', { stateUnderReview: ['HRV'] });
    const cluster = aDevelopment({
      recommendationIds: [first.recommendationId, second.recommendationId],
    });
    const event = published(cluster);
    await service.receive(event, event);
    await service.receive(event);
    await service.work();
    expect(smtp.received.map(({ parsed }) => parsed.subject)).toEqual([
      '1 recommendation that you follow: Slovenia',
    ]);
    const { text } = smtp.received[0]!.parsed;
    expect(text).toContain('a law, May 4, 2026');
    expect(text).toContain('Act on legal aid');
    expect(text).toContain('Told by Ministry of Justice · also about 1 other recommendation');
    expect(text).toContain('You get this mail because you follow: State under review: Slovenia.');
    expect(text).toContain('You get this mail because you follow: theme: ');
    expect(await inboxOf(follower)).toMatchObject([
      {
        kind: 'development',
        recommendationId: first.recommendationId,
        voice: { id: cluster.developmentId, kind: 'law', text: 'Act on legal aid' },
        subscriptions: [{}, {}],
      },
    ]);
    expect(await inboxOf(other)).toEqual([]);
  });

  it.each([
    ['en', 'Human Rights Commission: limited progress'],
    ['fr', 'Human Rights Commission : progrès limités'],
    ['ar', 'Human Rights Commission: تقدُّم محدود'],
  ])('tells a verdict with who gives it in %s', async (locale, sentence) => {
    await aMember('a@example.org', locale, { stateUnderReview: ['SVN'] });
    await service.receive(judged(anAssessment({ recommendationId: first.recommendationId })));
    await service.work();
    expect(smtp.received).toHaveLength(1);
    // Marks of direction stand between words of two scripts.
    const text = smtp.received[0]!.parsed.text!.replace(/[\u2066-\u2069\u200e\u200f]/g, '');
    expect(text).toContain(sentence);
    expect(text).toContain('Offices are still to be opened.');
  });

  it('tells a revision as news of its own, and an answer to nobody', async () => {
    const follower = await aMember('a@example.org', 'en', { stateUnderReview: ['SVN'] });
    const assessment = anAssessment({ recommendationId: first.recommendationId });
    await service.receive(judged(assessment));
    await service.work();
    await service.receive(
      received(
        'recommendations.v1.AssessmentAnswered',
        assessment.assessmentId,
        { assessment, number: 1 },
        { version: 2 },
      ),
    );
    await service.work();
    expect(smtp.received).toHaveLength(1);
    await service.receive(
      received(
        'recommendations.v1.AssessmentRevised',
        assessment.assessmentId,
        { assessment: { ...assessment, edition: 2, verdict: 'substantial' }, previousVerdict: 'limited' },
        { version: 3 },
      ),
    );
    await service.work();
    expect(smtp.received.at(-1)!.parsed.text).toContain('Human Rights Commission: substantial progress');
    expect((await inboxOf(follower)).map(({ kind }: { kind: string }) => kind)).toEqual([
      'assessment',
      'assessment',
    ]);
  });

  it('tells nobody of the past, of the present told again, or of what is older than what is known', async () => {
    const follower = await aMember('a@example.org', 'en', { stateUnderReview: ['SVN'] });
    const about = { recommendationIds: [first.recommendationId] };
    const late = aDevelopment(about);
    await service.receive(
      published(aDevelopment(about), { announce: false }),
      published(aDevelopment(about), { snapshot: true }),
      withdrawn(late),
      published(late),
    );
    await service.work();
    expect([smtp.received, await inboxOf(follower)]).toEqual([[], []]);
  });

  it('mails nothing that was withdrawn before its mail went', async () => {
    const follower = await aMember('a@example.org', 'en', { stateUnderReview: ['SVN'] });
    const development = aDevelopment({ recommendationIds: [first.recommendationId] });
    await service.receive(published(development));
    await service.receive(withdrawn(development));
    await service.work();
    expect([smtp.received, await inboxOf(follower)]).toEqual([[], []]);
  });

  it('waits for a recommendation that it does not know yet', async () => {
    const unknown = aRecommendation();
    const event = published(aDevelopment({ recommendationIds: [unknown.recommendationId] }));
    await expect(service.receive(event)).rejects.toThrow(LaterError);
    const follower = await aMember('a@example.org', 'en', { stateUnderReview: ['SVN'] });
    await service.receive(recorded(unknown, { announce: false }), event);
    expect(await inboxOf(follower)).toHaveLength(1);
  });
});
