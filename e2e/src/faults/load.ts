import { setTimeout as delay } from 'node:timers/promises';
import { stateName } from '@followthrough/vocabulary';
import { waitFor } from '@followthrough/testing';
import type { Api } from '../harness/api';
import { exportOf } from '../harness/export-file';
import { confirmationToken } from '../harness/people';
import type { World } from './world';

const STATES = [
  'ALB',
  'ARM',
  'BEN',
  'BTN',
  'CHL',
  'CRI',
  'CUB',
  'DNK',
  'ECU',
  'EST',
  'FJI',
  'GAB',
  'GEO',
  'GHA',
];
export const ROWS_OF_A_LOT = 120;
export const REVISIONS_OF_A_LOT = 3;
const PATIENCE_MS = 150_000;
const PAUSE_MS = 250;

/** What was accepted from outside, and so must take effect, once. */
export interface Accepted {
  /** Imports that were applied, each of so many rows about a State. */
  lots: { state: string; from: number; rows: number; at: number }[];
  /** Followers by address; they follow their State from the lot of that number on. */
  followers: { address: string; state: string; fromLot: number }[];
  /** Wishes to follow of which it is not known whether they were heard. */
  unheard: string[];
}

/**
 * Someone at work while things break: follows States, imports lists about them and revises what was imported. What
 * fails is tried again until it is accepted, as a person or a program would.
 */
export class Load {
  readonly accepted: Accepted = { lots: [], followers: [], unheard: [] };
  private going = true;
  private wishes = 0;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly world: World) {}

  /** Resolves when the first lot is through: all is warm. */
  async start(): Promise<void> {
    await this.lot();
    this.working = (async () => {
      while (this.going) await this.lot();
    })();
    this.working.catch(() => undefined);
  }

  /** Lots that are through. */
  get lots(): number {
    return this.accepted.lots.length;
  }

  /** Waits until so many more lots are through. @throws what ended the work */
  async more(lots: number): Promise<void> {
    const wanted = this.lots + lots;
    const reached = waitFor(() => this.lots >= wanted, {
      timeout: 2 * PATIENCE_MS,
      what: 'work to go on',
      every: 50,
    });
    await Promise.race([reached, this.working.then(() => reached)]);
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.working;
  }

  private async lot(): Promise<void> {
    const nth = this.lots;
    const state = STATES[nth % STATES.length]!;
    const from = Math.floor(nth / STATES.length) * ROWS_OF_A_LOT + 1;
    if (nth < STATES.length) await this.follow(state, nth);
    const file = exportOf(ROWS_OF_A_LOT, stateName(state, 'en'), from);
    const id = await this.insist('an upload', async (api) => {
      const uploaded = await api.upload(file, `lot-${nth}.csv`);
      const made = await api.post('/api/recommendations/v1/imports', { uploadId: uploaded.body.uploadId });
      return made.status === 202 ? (made.body.id as string) : null;
    });
    await this.settled(id, 'ready');
    await this.insist('an import', async (api) => {
      await api.post(`/api/recommendations/v1/imports/${id}/apply`, { announce: true });
      const { state: now } = (await api.get(`/api/recommendations/v1/imports/${id}`)).body;
      return now === 'applying' || now === 'applied';
    });
    await this.settled(id, 'applied');
    this.accepted.lots.push({ state, from, rows: ROWS_OF_A_LOT, at: nth });
    for (let time = 1; time <= REVISIONS_OF_A_LOT; time += 1)
      await this.revise(state, from + ROWS_OF_A_LOT - 1, `revision ${time} of lot ${nth}`);
  }

  private settled(id: string, wanted: string): Promise<boolean> {
    return this.insist(`an import to be ${wanted}`, async (api) => {
      const { body } = await api.get(`/api/recommendations/v1/imports/${id}`);
      if (body.state === 'failed') throw new Error(`Import ${id} failed: ${JSON.stringify(body.error)}`);
      return body.state === wanted;
    });
  }

  /** All of the State get a further version. */
  private async revise(state: string, expected: number, theme: string): Promise<void> {
    await this.insist('a revision', async (api) => {
      const { status } = await api.post('/api/recommendations/v1/recommendations/bulk-edit', {
        filter: { stateUnderReview: [state] },
        set: { themes: [theme] },
        expected,
        announce: false,
      });
      return status === 200;
    });
  }

  private async follow(state: string, fromLot: number): Promise<void> {
    const { mails } = this.world;
    const address = await this.insist('a wish to follow', async (api) => {
      const wish = (this.wishes += 1);
      const email = `follower-${wish}@example.org`;
      this.accepted.unheard.push(email);
      // As if each came from a place of its own: one place may ask so often only.
      const from = { 'x-forwarded-for': `192.0.2.${wish % 250}` };
      const body = { email, filter: { stateUnderReview: [state] }, locale: 'en' };
      const { status } = await api.send('POST', '/api/notifications/v1/follow', body, from);
      if (status !== 202) return null;
      this.accepted.unheard.pop();
      return email;
    });
    const { mail } = await waitFor(() => mails.to(address)[0], {
      timeout: PATIENCE_MS,
      what: `the mail to ${address}`,
    });
    const token = confirmationToken(mail)!;
    await this.insist('a confirmation', async (api) => {
      const { status } = await api.post('/api/notifications/v1/follow/confirm', { token });
      return status === 200;
    });
    this.accepted.followers.push({ address, state, fromLot });
  }

  /** Until it is accepted; only what can never be accepted is thrown. */
  private async insist<T>(what: string, ask: (api: Api) => Promise<T | null | false>): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    let last: unknown = 'it was not accepted';
    while (performance.now() < until) {
      try {
        const answer = await ask(await this.world.installation.operator());
        if (answer) return answer;
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('Import ')) throw error;
        last = error;
      }
      await delay(PAUSE_MS);
    }
    throw new Error(`Nobody accepted ${what} for ${PATIENCE_MS / 1000} s`, { cause: last });
  }
}
