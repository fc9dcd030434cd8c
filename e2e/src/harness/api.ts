import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { waitFor } from '@followthrough/testing';

export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
}

export interface ImportView {
  id: string;
  state: string;
  format: string;
  counts: { recommendations: number; pledges: number; rejected: number; byPosition: Record<string, number> };
  preview: { new: number; changed: number; unchanged: number; rejected: number; openQuestions: number };
  result: { recorded: number; revised: number; unchanged: number; withdrawn: number } | null;
  error: { reason: string; cure: string } | null;
}

/** The HTTP API as a program uses it. */
export class Api {
  constructor(
    readonly url: string,
    private readonly token: string | null = null,
  ) {}

  static async withSecret(url: string, secret: string): Promise<Api> {
    const { status, body } = await new Api(url).post('/api/portal/v1/token', { secret });
    if (status >= 300) throw new Error(`No token: ${JSON.stringify(body)}`);
    return new Api(url, body.accessToken as string);
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body?: unknown) => this.send('POST', path, body);
  put = (path: string, body?: unknown) => this.send('PUT', path, body);
  patch = (path: string, body?: unknown) => this.send('PATCH', path, body);
  delete = (path: string) => this.send('DELETE', path);

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: json && text ? JSON.parse(text) : text,
    };
  }

  /** Uploads bytes or a file. */
  async upload(
    file: string | Buffer,
    name = typeof file === 'string' ? basename(file) : 'file',
  ): Promise<Answer> {
    const body = typeof file === 'string' ? Readable.toWeb(createReadStream(file)) : file;
    const length = typeof file === 'string' ? statSync(file).size : file.length;
    const response = await fetch(
      `${this.url}/api/recommendations/v1/uploads?name=${encodeURIComponent(name)}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(length),
          ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        },
        body,
        duplex: 'half',
      },
    );
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** Uploads a file and waits until its dry run can be read. */
  async prepareImport(file: string | Buffer, name?: string): Promise<ImportView> {
    const uploaded = await this.upload(file, name);
    if (uploaded.status !== 201) throw new Error(`Upload refused: ${JSON.stringify(uploaded.body)}`);
    const made = await this.post('/api/recommendations/v1/imports', { uploadId: uploaded.body.uploadId });
    if (made.status !== 202) throw new Error(`Import refused: ${JSON.stringify(made.body)}`);
    return this.importSettled(made.body.id as string, ['ready', 'needs-mapping', 'failed']);
  }

  async applyImport(id: string, announce: boolean): Promise<ImportView> {
    const accepted = await this.post(`/api/recommendations/v1/imports/${id}/apply`, { announce });
    if (accepted.status !== 202) throw new Error(`Apply refused: ${JSON.stringify(accepted.body)}`);
    return this.importSettled(id, ['applied', 'failed']);
  }

  async undoImport(id: string): Promise<ImportView> {
    await this.post(`/api/recommendations/v1/imports/${id}/undo`);
    return this.importSettled(id, ['undone', 'failed']);
  }

  /** Whether every outbox is empty and every consumer has read to the end. */
  async eventsHandled(): Promise<boolean> {
    const text = (await this.get('/metrics')).body as unknown as string;
    const depths = [...text.matchAll(/^followthrough_(?:outbox_events|consumer_lag_events)\{.*\} (\d+)/gm)];
    return depths.length > 0 && depths.every(([, depth]) => depth === '0');
  }

  importSettled(id: string, states: string[]): Promise<ImportView> {
    return waitFor(
      async () => {
        const { body } = await this.get(`/api/recommendations/v1/imports/${id}`);
        return states.includes(body.state as string) ? (body as ImportView) : null;
      },
      { timeout: 120_000 },
    );
  }
}
