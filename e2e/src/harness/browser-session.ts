/** A browser without a screen: cookies, redirects by hand, forms. */
export class BrowserSession {
  private readonly cookies = new Map<string, string>();
  private csrf = '';

  constructor(readonly url: string) {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(path, this.url);
    const response = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/json',
        ...(init.method && init.method !== 'GET' ? { origin: this.url } : {}),
        ...(init.headers as Record<string, string> | undefined),
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const equals = pair!.indexOf('=');
      const [name, value] = [pair!.slice(0, equals), pair!.slice(equals + 1)];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Follows redirects to the page at the end. */
  async open(path: string, init?: RequestInit): Promise<Response> {
    let response = await this.fetch(path, init);
    for (let hop = 0; response.status >= 300 && response.status < 400 && hop < 12; hop += 1) {
      response = await this.fetch(new URL(response.headers.get('location')!, response.url).href);
    }
    return response;
  }

  /** Sends a form and follows to the page at the end. */
  submit(path: string, fields: Record<string, string>): Promise<Response> {
    return this.open(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  async json(method: string, path: string, body?: unknown): Promise<any> {
    const response = await this.call(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Only how a call was answered. */
  async status(method: string, path: string): Promise<number> {
    const response = await this.call(method, path);
    await response.arrayBuffer();
    return response.status;
  }

  private async call(method: string, path: string, body?: unknown): Promise<Response> {
    if (!this.csrf && method !== 'GET') {
      const session = await this.fetch('/api/portal/v1/session');
      this.csrf = ((await session.json()) as { csrfToken: string }).csrfToken;
    }
    return this.fetch(path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', 'x-csrf-token': this.csrf },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}
