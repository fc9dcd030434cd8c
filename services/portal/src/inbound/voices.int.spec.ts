import type { EventType } from '@followthrough/contracts';
import { v7 as uuidv7 } from 'uuid';
import { RecommendationRows } from '../outbound/view/recommendation-rows';
import { VoiceRows, type VoiceEvent } from '../outbound/view/voice-rows';
import { aRecommendation, recorded, tell } from '../testing/recommendation-events';
import { startPortal, type RunningPortal } from '../testing/start-portal';

describe('what has happened and who says so, as everybody sees it', () => {
  let portal: RunningPortal;
  const first = aRecommendation({ stateUnderReview: 'SVN', paragraph: '1.1' });
  const second = aRecommendation({ stateUnderReview: 'SVN', paragraph: '1.2' });
  const elsewhere = aRecommendation({ stateUnderReview: 'HRV' });
  beforeAll(async () => {
    portal = await startPortal();
    const rows = portal.app.get(RecommendationRows);
    await tell(portal.database, rows, ...[first, second, elsewhere].map((one) => recorded(one)));
  });
  afterAll(() => portal.stop());
  beforeEach(() => portal.database.query('delete from view.voice'));

  const get = async (path: string) => {
    const answer = await portal.browser().call('GET', `/api/portal/v1${path}`);
    return { status: answer.status, body: JSON.parse(answer.text) };
  };
  const voices = async (id = first.recommendationId) => (await get(`/recommendations/${id}/voices`)).body;
  const hear = (...events: VoiceEvent[]) =>
    portal.database.transaction((tx) => portal.app.get(VoiceRows).keep(tx, events));
  const event = (name: string, aggregateId: string, version: number, data: object) =>
    ({
      type: `recommendations.v1.${name}` as EventType,
      aggregateId,
      version,
      generation: 0,
      data,
    }) as unknown as VoiceEvent;
  const judged = (
    voice: string,
    verdict: string,
    { id = uuidv7(), version = 1, about = first, ...change }: Record<string, any> = {},
  ) =>
    event(version === 1 ? 'AssessmentPublished' : 'AssessmentRevised', id, version, {
      assessment: {
        assessmentId: id,
        recommendationId: about.recommendationId,
        organisationId: uuidv7(),
        organisationName: voice,
        voice,
        verdict,
        assessedOn: '2026-02-01',
        answers: [],
        ...change,
      },
    });
  const happened = (kind: string, happenedOn: string, recommendationIds = [first.recommendationId]) => {
    const id = uuidv7();
    return event('DevelopmentPublished', id, 1, {
      development: {
        developmentId: id,
        recommendationIds,
        kind,
        happenedOn,
        title: kind,
        organisationName: 'M',
      },
      announce: true,
    });
  };

  it('stands side by side, with the thread that follows from it', async () => {
    await hear(
      happened('policy', '2025-09-01', [first.recommendationId, second.recommendationId]),
      happened('law', '2026-01-01'),
      judged('state', 'implemented'),
      judged('nhri', 'substantial', { assessedOn: '2026-03-01' }),
    );
    const said = await voices();
    expect(said.developments.map(({ kind }: { kind: string }) => kind)).toEqual(['law', 'policy']);
    expect(said.assessments.map(({ voice }: { voice: string }) => voice)).toEqual(['nhri', 'state']);
    expect(said.thread.map(({ step, state }: Record<string, string>) => [step, state])).toEqual([
      ['recorded', 'reached'],
      ['position', 'reached'],
      ['consulted', 'skipped'],
      ['planned', 'reached'],
      ['funded', 'skipped'],
      ['changed', 'reached'],
    ]);
    expect((await voices(second.recommendationId)).developments).toHaveLength(1);
    expect((await get(`/recommendations/${uuidv7()}/voices`)).status).toBe(404);
  });

  it('is counted by voice, each recommendation once a voice and verdict, under a filter', async () => {
    await hear(
      judged('state', 'implemented'),
      judged('state', 'implemented', { about: second }),
      judged('state', 'implemented', { about: second }),
      judged('nhri', 'implemented'),
      judged('nhri', 'none', { about: second }),
      judged('un', 'none', { about: elsewhere }),
    );
    expect((await get('/voices?stateUnderReview=SVN')).body).toEqual({
      total: 2,
      assessed: { nhri: { implemented: 1, none: 1 }, state: { implemented: 2 } },
    });
    expect((await get('/voices?stateUnderReview=HRV')).body.assessed).toEqual({ un: { none: 1 } });
    expect((await get('/voices?staet=SVN')).status).toBe(400);
  });

  it('takes no older word for a newer one, and brings nothing back that was withdrawn', async () => {
    const id = uuidv7();
    await hear(judged('nhri', 'substantial', { id, version: 2 }), judged('nhri', 'none', { id, version: 1 }));
    expect((await voices()).assessments).toMatchObject([{ verdict: 'substantial' }]);
    await hear(
      event('AssessmentWithdrawn', id, 3, { assessmentId: id, recommendationId: first.recommendationId }),
      judged('nhri', 'substantial', { id, version: 2 }),
    );
    expect((await voices()).assessments).toEqual([]);
  });
});
