import { ConsultationsWorld } from './testing/consultations-world';

const INSTITUTIONS = 30;
const EACH = 30;

describe('nine hundred recommendations and thirty institutions', () => {
  let world: ConsultationsWorld;
  beforeAll(async () => {
    world = await ConsultationsWorld.open();
  });
  afterAll(() => world.close());

  it('are asked by thirty mails, answered, and counted on the board', async () => {
    const themes = Array.from({ length: INSTITUTIONS }, (_, at) => `theme-${at}`);
    await world.hold(...themes.flatMap((theme) => Array.from({ length: EACH }, () => ({ themes: [theme] }))));
    for (const [at, theme] of themes.entries()) {
      const { id } = await world.institution(`Office-${at}`);
      await world.assign(id, { theme: [theme] }, EACH);
    }
    const round = await world.openRound();
    expect(new Set(world.mails.received.map(({ to }) => to)).size).toBe(INSTITUTIONS);
    expect(world.mails.received).toHaveLength(INSTITUTIONS);

    // Three answer everything, and two of them hand it in.
    for (const at of [0, 1, 2]) {
      const cookie = await world.signIn(`office-${at}@ministry.example`);
      const [task] = (await world.json('GET', '/asked/tasks', { cookie })).tasks;
      const page = await world.json('GET', `/asked/tasks/${task.id}`, { cookie });
      expect(page.recommendations).toHaveLength(EACH);
      for (const { recommendationId } of page.recommendations) {
        await world.json('PUT', `/asked/tasks/${task.id}/answers/${recommendationId}`, {
          cookie,
          body: { seen: 0, status: 'under-way' },
        });
      }
      if (at < 2)
        await world.json('POST', `/asked/tasks/${task.id}/submit`, { cookie, body: { version: 2 } });
    }
    world.clock.set('2026-06-29T12:00:00Z');
    expect(await world.json('GET', `/rounds/${round.id}/board?standing=at-risk`)).toMatchObject({
      counts: { answered: 2, waiting: 1, 'at-risk': 27, late: 0, returned: 0, released: 0 },
      recommendations: INSTITUTIONS * EACH,
      answered: 3 * EACH,
      tasks: { length: 27 },
    });
    world.clock.set('2026-07-01T12:00:00Z');
    const before = world.mails.received.length;
    await world.work();
    await world.work();
    // One reminder to each that has not handed in, although several were due meanwhile.
    expect(world.mails.received.length - before).toBe(INSTITUTIONS - 2);
    expect((await world.json('GET', `/rounds/${round.id}/board`)).counts).toMatchObject({
      answered: 2,
      late: 28,
    });
  });
});
