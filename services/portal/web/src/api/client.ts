/** What went wrong, in the terms a page can act on. */
export type TroubleKind =
  | 'offline'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'rate-limited'
  | 'unavailable'
  | 'out-of-space'
  | 'internal';

const kindOf: Record<number, TroubleKind> = {
  0: 'offline',
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported',
  422: 'invalid',
  429: 'rate-limited',
  507: 'out-of-space',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** A problem document (RFC 9457) as thrown by every call of the API. */
export class Trouble extends Error {
  readonly kind: TroubleKind;
  constructor(
    readonly status: number,
    /** The service's own sentence, in English; empty if it sent none. */
    readonly sentence: string,
    /** What the service says to do, in English; empty if it sent none. */
    readonly cure: string,
    /** Finds this request in the logs. */
    readonly reference: string,
    /** The slug of the problem, e.g. `import-not-found`. */
    readonly slug: string,
  ) {
    super(sentence || `HTTP ${status}`);
    this.kind = kindOf[status] ?? (status >= 500 ? 'internal' : 'invalid');
  }
}

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>;

/** `?a=1&b=x&b=y`: repeated keys, nothing for what is not set. */
export function queryString(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') pairs.append(key, String(one));
    }
  }
  const text = pairs.toString();
  return text ? `?${text}` : '';
}

let csrfToken = '';
/** The session tells the token that every write has to show. */
export function showCsrfToken(token: string): void {
  csrfToken = token;
}

interface Call {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

async function call<T>(method: string, path: string, { query, body, signal }: Call = {}): Promise<T> {
  const address = `/api/${path}${query ? queryString(query) : ''}`;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(address, { method, headers, body: sent, signal, credentials: 'same-origin' });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Trouble(0, '', '', '', 'offline');
  }
  const text = await response.text();
  if (!response.ok) throw troubleFrom(response.status, text, response.headers.get('x-correlation-id'));
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Reads a problem document; anything else that failed becomes a trouble without a sentence. */
export function troubleFrom(status: number, text: string, correlation: string | null): Trouble {
  let problem: Record<string, unknown> = {};
  try {
    problem = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A proxy's error page is not JSON; the status says enough.
  }
  const word = (key: string) => (typeof problem[key] === 'string' ? problem[key] : '');
  return new Trouble(
    status,
    word('detail'),
    word('cure'),
    word('correlationId') || word('reference') || correlation || '',
    word('slug') || (word('type').split(/[/:#]/).pop() ?? ''),
  );
}

/** The token for calls that do not go through `api`. */
export const csrf = () => csrfToken;

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown) => call<T>('POST', path, { body }),
  put: <T>(path: string, body?: unknown) => call<T>('PUT', path, { body }),
  patch: <T>(path: string, body?: unknown) => call<T>('PATCH', path, { body }),
  remove: <T>(path: string) => call<T>('DELETE', path),
};
