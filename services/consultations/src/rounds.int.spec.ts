import { ConsultationsWorld, tokenOf } from './testing/consultations-world';

const HEALTH = 'health@ministry.example';
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
const validator = tokenOf('validator', 'KEN');

describe('a reporting round', () => {
  let world: ConsultationsWorld;
  beforeEach(async () => {
    world = await ConsultationsWorld.open();
  });
  afterEach(() => world.close());

  /** Health leads on two, Justice on one; the round is open. */
  async function anOpenRound(change: object = {}) {
    const ids = await world.hold({ themes: ['health'] }, { themes: ['health'] }, { themes: ['justice'] });
    const health = await world.institution('Health', { validatorId: 'member-validator', ...change });
    const justice = await world.institution('Justice', { supervisor: 'boss@ministry.example' });
    await world.assign(health.id, { theme: ['health'] }, 2);
    await world.assign(justice.id, { theme: ['justice'] }, 1);
    const round = await world.openRound();
    return { ids, health, justice, round };
  }

  const tasksOf = async (cookie: string) => (await world.json('GET', '/asked/tasks', { cookie })).tasks;
  const save = (cookie: string, task: string, id: string, seen = 0, change: object = {}) =>
    world.ask('PUT', `/asked/tasks/${task}/answers/${id}`, {
      cookie,
      body: { seen, status: 'under-way', text: 'A bill is before parliament.', ...change },
    });
  const board = (id: string) => world.json('GET', `/rounds/${id}/board`);

  it('asks each institution by one mail, is answered by its link, returned, and released by its validator', async () => {
    const { ids, round } = await anOpenRound();
    expect(world.mails.received.map(({ to }) => to).sort()).toEqual([HEALTH, 'justice@ministry.example']);

    const cookie = await world.signIn(HEALTH);
    const [listed] = await tasksOf(cookie);
    expect(listed).toMatchObject({ institution: 'Health', state: 'asked', recommendations: 2, answered: 0 });
    const taskId = listed.id as string;
    await world.json('POST', `/asked/tasks/${taskId}/view`, { cookie });

    expect((await save(cookie, taskId, ids[0]!)).json).toMatchObject({ version: 1, status: 'under-way' });
    const early = await world.ask('POST', `/asked/tasks/${taskId}/submit`, { cookie, body: { version: 3 } });
    expect([early.status, early.json.missing]).toEqual([422, 1]);
    await save(cookie, taskId, ids[1]!, 0, {
      status: 'completed',
      links: [{ url: 'https://gazette.example/1' }],
    });
    const file = await world.json('POST', `/asked/tasks/${taskId}/answers/${ids[1]}/files?name=clinic.png`, {
      cookie,
      bytes: PNG,
    });
    const submitted = await world.json('POST', `/asked/tasks/${taskId}/submit`, {
      cookie,
      body: { version: 3 },
    });
    expect(submitted).toMatchObject({ state: 'submitted', standing: 'answered' });
    expect((await save(cookie, taskId, ids[0]!, 1)).json.type).toMatch(/task-submitted/);

    await world.json('POST', `/round-tasks/${taskId}/return`, {
      token: validator,
      body: { version: 4, reason: 'Which bill?' },
    });
    await world.work();
    expect(world.mails.to(HEALTH).at(-1)?.text).toContain('Which bill?');
    expect(await board(round.id)).toMatchObject({ counts: { returned: 1, waiting: 1 } });
    expect((await save(cookie, taskId, ids[0]!, 1, { text: 'The Health Bill 2026.' })).status).toBe(200);
    await world.json('POST', `/asked/tasks/${taskId}/submit`, { cookie, body: { version: 5 } });
    const released = await world.json('POST', `/round-tasks/${taskId}/release`, {
      token: validator,
      body: { version: 6 },
    });
    expect(released.task).toMatchObject({ state: 'released', standing: 'released' });
    expect(released.task.transitions.map(({ to }: { to: string }) => to)).toEqual([
      'viewed',
      'answering',
      'submitted',
      'returned',
      'submitted',
      'released',
    ]);
    const contents = released.task.contents as { files: unknown[]; answer: { text: string } }[];
    expect(contents[1]!.files).toEqual([{ ...file, mediaType: 'image/png' }]);
    expect(contents[0]!.answer.text).toBe('The Health Bill 2026.');

    const events = await world.published();
    expect(events.map(({ type }) => type)).toEqual([
      'RoundOpened',
      'TaskViewed',
      'TaskStarted',
      'TaskSubmitted',
      'TaskReturned',
      'TaskSubmitted',
      'TaskReleased',
      'AnswerReleased',
      'AnswerReleased',
    ]);
    expect(events.filter(({ aggregateId }) => aggregateId === taskId).map(({ version }) => version)).toEqual([
      2, 3, 4, 5, 6, 7,
    ]);
    const told = JSON.stringify(events);
    for (const secret of ['@', 'Health', 'Bill', 'Which']) expect(told).not.toContain(secret);
  });

  it('shows the last released answer in the next round, and one tap says that nothing has changed', async () => {
    const { ids, round } = await anOpenRound();
    const first = await world.signIn(HEALTH);
    const [task] = await tasksOf(first);
    const refused = await world.ask('POST', `/asked/tasks/${task.id}/answers/${ids[0]}/no-change`, {
      cookie: first,
      body: { seen: 0 },
    });
    expect(refused.json.type).toMatch(/no-answer-before/);
    for (const id of ids.slice(0, 2)) await save(first, task.id, id);
    await world.json('POST', `/asked/tasks/${task.id}/submit`, { cookie: first, body: { version: 2 } });
    await world.json('POST', `/round-tasks/${task.id}/release`, { token: validator, body: { version: 3 } });
    await world.json('POST', `/rounds/${round.id}/close`, { body: { version: 2 } });
    expect(await tasksOf(first)).toEqual([]);

    await world.openRound({ title: 'Final report' });
    const cookie = await world.signIn(HEALTH);
    const [again] = await tasksOf(cookie);
    const page = await world.json('GET', `/asked/tasks/${again.id}`, { cookie });
    expect(page.recommendations[0]).toMatchObject({
      recommendationId: ids[0],
      last: { status: 'under-way', text: 'A bill is before parliament.' },
      answer: null,
    });
    const said = await world.json('POST', `/asked/tasks/${again.id}/answers/${ids[0]}/no-change`, {
      cookie,
      body: { seen: 0 },
    });
    expect(said).toMatchObject({
      status: 'under-way',
      text: 'A bill is before parliament.',
      unchanged: true,
    });
  });

  it('lets one of two at once win', async () => {
    const { ids, round } = await anOpenRound();
    const cookie = await world.signIn(HEALTH);
    const [task] = await tasksOf(cookie);
    const both = await Promise.all([save(cookie, task.id, ids[0]!), save(cookie, task.id, ids[0]!)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.json.answer).toMatchObject({ version: 1 });
    await save(cookie, task.id, ids[1]!);
    const submit = () =>
      world.ask('POST', `/asked/tasks/${task.id}/submit`, { cookie, body: { version: 2 } });
    expect((await Promise.all([submit(), submit()])).map(({ status }) => status).sort()).toEqual([200, 409]);
    const decide = (step: string) =>
      world.ask('POST', `/round-tasks/${task.id}/${step}`, {
        token: validator,
        body: { version: 3, ...(step === 'return' && { reason: 'No' }) },
      });
    expect(
      (await Promise.all([decide('release'), decide('return')])).map(({ status }) => status).sort(),
    ).toEqual([200, 409]);
    const close = () => world.ask('POST', `/rounds/${round.id}/close`, { body: { version: 2 } });
    expect((await Promise.all([close(), close()])).map(({ status }) => status).sort()).toEqual([200, 409]);
    const transitions = await world.database.query('select subject_id, version from round_transition');
    expect(new Set(transitions.map((row) => `${row.subject_id} ${row.version}`)).size).toBe(
      transitions.length,
    );
  });

  it('opens once, also when asked twice at once, and refuses what is not ready', async () => {
    const { id, version } = await world.prepare();
    const open = (body: object) => world.ask('POST', `/rounds/${id}/open`, { body: { version, ...body } });
    expect((await open({})).json.type).toMatch(/nobody-to-ask/);
    await world.hold({ themes: ['health'] }, {});
    const mute = await world.institution('Health', { contact: null });
    await world.assign(mute.id, { theme: ['health'] }, 1);
    expect((await open({})).json.type).toMatch(/without-lead/);
    expect((await open({ leaveOut: true })).json.type).toMatch(/contact-missing/);
    const { institutions } = await world.json('GET', '/institutions?state=KEN');
    expect(institutions).toMatchObject([{ name: 'Health', contact: null, leads: 1 }]);
    await world.json('PUT', `/institutions/${mute.id}`, {
      body: { version: 1, name: 'Health', contact: HEALTH },
    });
    const twice = await Promise.all([open({ leaveOut: true }), open({ leaveOut: true })]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    await world.work();
    expect(world.mails.to(HEALTH)).toHaveLength(1);
  });

  it('reminds once per offset until it is answered, then the supervisor, and never on a holiday', async () => {
    const { round } = await anOpenRound();
    await world.json('PUT', '/holidays/KEN', {
      body: { year: 2026, days: [{ date: '2026-06-16', name: 'Day of rest' }] },
    });
    const justice = () => world.mails.to('justice@ministry.example').map(({ subject }) => subject);
    const at = async (instant: string) => {
      world.clock.set(instant);
      await world.work();
      await world.work();
      return justice().length - 1;
    };
    expect(await at('2026-06-16T09:00:00Z')).toBe(0);
    expect(await at('2026-06-17T09:00:00Z')).toBe(1);
    expect(await at('2026-06-18T09:00:00Z')).toBe(1);
    expect(await at('2026-06-23T09:00:00Z')).toBe(2);
    // Two are due after an outage: only the later is sent.
    expect(await at('2026-07-02T09:00:00Z')).toBe(3);
    expect(justice().at(-1)).toMatch(/^Was due on June 30, 2026: /);
    expect(world.mails.to('boss@ministry.example')).toHaveLength(0);
    await at('2026-07-15T09:00:00Z');
    expect(world.mails.to('boss@ministry.example').map(({ text }) => text)[0]).toContain('Justice was asked');
    expect(await board(round.id)).toMatchObject({ counts: { late: 2 } });
    expect(world.mails.to('boss@ministry.example')).toHaveLength(1);
  });

  it('reminds nobody who has answered, and starts anew where the date is moved', async () => {
    const { ids, round } = await anOpenRound();
    const cookie = await world.signIn('justice@ministry.example');
    const [task] = await tasksOf(cookie);
    await save(cookie, task.id, ids[2]!);
    await world.json('POST', `/asked/tasks/${task.id}/submit`, { cookie, body: { version: 2 } });
    const mailed = () => world.mails.to('justice@ministry.example').length;
    const before = mailed();
    world.clock.set('2026-06-29T09:00:00Z');
    await world.work();
    expect(mailed()).toBe(before);
    const health = world.mails.to(HEALTH).length;
    await world.json('PUT', `/rounds/${round.id}/due-date`, { body: { version: 2, dueOn: '2026-09-30' } });
    await world.work();
    expect(
      world.mails
        .to(HEALTH)
        .slice(health)
        .map(({ subject }) => subject),
    ).toEqual(['New date September 30, 2026: Mid-term report']);
    world.clock.set('2026-07-20T09:00:00Z');
    await world.work();
    expect(world.mails.to(HEALTH)).toHaveLength(health + 1);
    world.clock.set('2026-09-16T09:00:00Z');
    await world.work();
    expect(world.mails.to(HEALTH)).toHaveLength(health + 2);
    expect(mailed()).toBe(before);
  });

  it('opens own tasks only, by a code that works once and not for long', async () => {
    const { ids } = await anOpenRound();
    const link = world.linkOf(HEALTH);
    const enter = (code: string) =>
      world.ask('POST', '/asked/session', { token: null, body: { link, code } });
    expect((await world.ask('GET', '/asked/tasks', { token: null })).status).toBe(401);
    for (const unknown of [link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A'), 'nonsense']) {
      expect((await world.ask('POST', '/asked/code', { token: null, body: { link: unknown } })).status).toBe(
        202,
      );
    }
    await world.json('POST', '/asked/code', { token: null, body: { link } });
    await world.work();
    const code = world.codeOf(HEALTH);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await enter(wrong)).status).toBe(403);
    expect((await enter(code)).status).toBe(403);

    const cookie = await world.signIn(HEALTH);
    expect((await enter(world.codeOf(HEALTH))).status).toBe(403);
    const other = await world.signIn('justice@ministry.example');
    const [[mine], [theirs]] = [await tasksOf(cookie), await tasksOf(other)];
    expect((await world.ask('GET', `/asked/tasks/${theirs.id}`, { cookie })).status).toBe(404);
    expect((await save(cookie, theirs.id, ids[2]!)).status).toBe(404);
    expect((await save(cookie, mine.id, ids[2]!)).status).toBe(404);
    world.clock.advance(13 * 3_600_000);
    expect((await world.ask('GET', '/asked/tasks', { cookie })).status).toBe(401);
  });

  it('is passed on to a colleague, in part, and taken back', async () => {
    const { ids } = await anOpenRound();
    const cookie = await world.signIn(HEALTH);
    const [task] = await tasksOf(cookie);
    const passOn = (address: string) =>
      world.ask('POST', `/asked/tasks/${task.id}/colleagues`, {
        cookie,
        body: { address, recommendationIds: [ids[1]] },
      });
    const { json } = await passOn('amina@ministry.example');
    expect(json.colleagues).toMatchObject([{ address: 'a…@ministry.example', recommendations: 1 }]);
    expect((await passOn('amina@ministry.example')).status).toBe(409);
    await world.work();
    const hers = await world.signIn('amina@ministry.example');
    expect(await tasksOf(hers)).toMatchObject([{ recommendations: 1, part: true }]);
    expect((await save(hers, task.id, ids[0]!)).status).toBe(404);
    expect((await save(hers, task.id, ids[1]!)).status).toBe(200);
    const submit = await world.ask('POST', `/asked/tasks/${task.id}/submit`, {
      cookie: hers,
      body: { version: 2 },
    });
    expect([submit.status, submit.json.type]).toEqual([403, 'urn:followthrough:problem:only-a-part']);
    await world.json('DELETE', `/asked/tasks/${task.id}/colleagues/${json.colleagues[0].id}`, { cookie });
    expect(await tasksOf(hers)).toEqual([]);
    expect((await save(hers, task.id, ids[1]!, 1)).status).toBe(404);
  });

  it('goes over to a new contact of the institution', async () => {
    const { health } = await anOpenRound();
    const cookie = await world.signIn(HEALTH);
    await world.json('PUT', `/institutions/${health.id}`, {
      body: { version: 1, name: 'Health', contact: 'new@ministry.example' },
    });
    await world.work();
    expect(await tasksOf(cookie)).toEqual([]);
    expect(await tasksOf(await world.signIn('new@ministry.example'))).toHaveLength(1);
  });

  it('is released by nobody but the validator, and by the coordinator where there is none', async () => {
    const { ids } = await anOpenRound();
    for (const address of [HEALTH, 'justice@ministry.example']) {
      const cookie = await world.signIn(address);
      const [task] = await tasksOf(cookie);
      for (const id of address === HEALTH ? ids.slice(0, 2) : ids.slice(2)) await save(cookie, task.id, id);
      await world.json('POST', `/asked/tasks/${task.id}/submit`, { cookie, body: { version: 2 } });
      const release = async (token: string) =>
        (await world.ask('POST', `/round-tasks/${task.id}/release`, { token, body: { version: 3 } })).status;
      const [right, wrong] =
        address === HEALTH
          ? [validator, tokenOf('coordinator', 'KEN')]
          : [tokenOf('coordinator', 'KEN'), validator];
      expect(await release(tokenOf('validator', 'UGA'))).toBe(404);
      expect(await release(wrong)).toBe(403);
      expect(await release(right)).toBe(200);
    }
  });

  it('sends a mail whose process died while sending again, as the same message', async () => {
    await anOpenRound();
    const before = world.mails.to(HEALTH);
    await world.database.query(
      `update round_mail set state = 'leased', lease_until = '-infinity', settled_at = null where purpose = 'asked'`,
    );
    await world.work();
    world.clock.advance(60_000);
    await world.work();
    const after = world.mails.to(HEALTH);
    expect([before.length, after.length]).toEqual([1, 2]);
    expect(new Set(after.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await world.database.query(`select distinct state from round_mail`)).toEqual([
      { state: 'accepted' },
    ]);
  });

  it('keeps no address readable', async () => {
    await anOpenRound({ supervisor: 'chief@ministry.example' });
    const tables = await world.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const dump = await Promise.all(
      tables.map(({ name }) => world.database.query(`select to_json(t)::text as row from "${name}" t`)),
    );
    const text = dump
      .flat()
      .map(({ row }) => row as string)
      .join('\n');
    expect(text).toContain('Mid-term report');
    for (const hidden of ['ministry.example', Buffer.from('ministry.example').toString('hex')])
      expect(text).not.toContain(hidden);
  });

  it.each([
    ['a page', Buffer.from('<html><script>alert(1)</script>'), 415],
    ['a program', Buffer.from('MZ\0\0\0\0'), 415],
    ['a broken archive', Buffer.from('PK\x03\x04 nothing'), 415],
    ['nothing', Buffer.alloc(0), 400],
    ['a photograph', PNG, 201],
  ])('takes %s as evidence or not', async (_, bytes, expected) => {
    const { ids } = await anOpenRound();
    const cookie = await world.signIn(HEALTH);
    const [task] = await tasksOf(cookie);
    const path = `/asked/tasks/${task.id}/answers/${ids[0]}/files?name=${encodeURIComponent('../a\u202egnp.exe')}`;
    const { status, json } = await world.ask('POST', path, { cookie, bytes });
    expect(status).toBe(expected);
    if (status !== 201) return;
    expect(json.name).toBe('agnp.exe.png');
    const file = await world.request('GET', `/asked/tasks/${task.id}/files/${json.id}`, { cookie });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
  });
});
