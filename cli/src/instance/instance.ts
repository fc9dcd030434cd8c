import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { CliConfig } from '../config';
import { CommandFailure } from '../failure';
import { failureOf, unreachable } from './problems';

/** A token is renewed this long before it ends, so that none ends on its way. */
const MARGIN_MS = 30_000;
const STARTING_TRIES = 20;

export interface SendOptions {
  /** sent as JSON */
  body?: unknown;
  /** sent as bytes; `length` of them */
  bytes?: { content: Readable; length: number };
  query?: Query;
}

export type Query = Record<string, string | string[] | number | undefined>;

/** The HTTP API of a running instance, signed in as a service account where FT_TOKEN is given. */
export class Instance {
  private access: { token: string; until: number } | null = null;

  constructor(private readonly config: Pick<CliConfig, 'url' | 'token'>) {}

  get<T>(path: string, query?: Query): Promise<T> {
    return this.json<T>('GET', path, { query });
  }

  post<T>(path: string, body?: unknown, query?: Query): Promise<T> {
    return this.json<T>('POST', path, { body, query });
  }

  delete<T>(path: string): Promise<T> {
    return this.json<T>('DELETE', path, {});
  }

  /** Sends bytes as they come. */
  upload<T>(path: string, content: Readable, length: number, query: Query): Promise<T> {
    return this.json<T>('POST', path, { bytes: { content, length }, query });
  }

  /** The answer itself, for what is streamed to a file. Throws `CommandFailure` for anything but success. */
  async send(method: string, path: string, options: SendOptions): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.once(method, path, options);
      if (response.ok) return response;
      // While the platform starts, its address answers already.
      const starting = response.status === 503 && response.headers.has('retry-after') && !options.bytes;
      if (!starting || tries >= STARTING_TRIES) throw await failureOf(response, this.config);
      await response.body?.cancel();
      await pause(1_000);
    }
  }

  private async json<T>(method: string, path: string, options: SendOptions): Promise<T> {
    const response = await this.send(method, path, options);
    const text = await response.text();
    try {
      return (text === '' ? null : JSON.parse(text)) as T;
    } catch {
      throw new CommandFailure(`What answers at ${this.config.url} is not Followthrough: check FT_URL.`);
    }
  }

  private async once(method: string, path: string, { body, bytes, query }: SendOptions): Promise<Response> {
    const authorization = await this.authorization();
    const request: RequestInit & { duplex?: 'half' } = {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(authorization && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(bytes && { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) }),
      },
    };
    if (body !== undefined) request.body = JSON.stringify(body);
    // The types of Node 20 do not know that a stream of bytes may be a body, which fetch itself does.
    if (bytes) Object.assign(request, { body: bytes.content, duplex: 'half' });
    try {
      return await fetch(`${this.config.url}${path}${searchOf(query)}`, request);
    } catch (error) {
      throw unreachable(error, this.config.url);
    }
  }

  private async authorization(): Promise<string | null> {
    if (this.config.token === '') return null;
    if (!this.access || this.access.until < Date.now() + MARGIN_MS) {
      const asked = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const body = JSON.stringify({ secret: this.config.token });
      const response = await fetch(`${this.config.url}/api/portal/v1/token`, { ...asked, body }).catch(
        (error: unknown) => {
          throw unreachable(error, this.config.url);
        },
      );
      if (!response.ok) throw await failureOf(response, this.config);
      const { accessToken, expiresIn } = (await response.json()) as {
        accessToken: string;
        expiresIn: number;
      };
      this.access = { token: accessToken, until: Date.now() + expiresIn * 1_000 };
    }
    return `Bearer ${this.access.token}`;
  }
}

function searchOf(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) for (const one of [value].flat()) search.append(key, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
